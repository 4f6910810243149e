using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Hosting;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Web.Serving;
using AvaConsole.Web.Features.Apis.Docs;
using AvaConsole.Web.Serving;
using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Apis.Docs;

public sealed class DocsPageTests : AvaTestContext
{
    private readonly FakeModelHost _host = new();
    private readonly DefaultHttpContext _request = new();

    public DocsPageTests()
    {
        _host.Models.Add(new FakeModel { App = "digits" });
        _host.Models.Add(new FakeModel { App = "secret", Metadata = new AppMetadataDocument { Public = false } });
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        Services.AddSingleton<IModelHost>(_host).AddSingleton<IEgressClient>(new FakeEgress()).AddAvaServing();
    }

    [Fact]
    public void Render_PublicApp_ShowsTheReferenceOfWhatIsLive()
    {
        var page = Open("digits");

        Assert.Equal("digits", page.Find("h1").TextContent);
        Assert.Contains("POST /api/content/digits", page.Markup, StringComparison.Ordinal);
        Assert.Contains("20261101-v1", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["/docs/digits/openapi.yaml", "/docs/digits/openapi.json"], page.FindAll(".files a").Select(link => link.GetAttribute("href")));
        Assert.Equal(0, _host.OpenLeases);
    }

    [Theory]
    [InlineData("nobody", StatusCodes.Status404NotFound, "此名称下没有正在服务的版本")]
    [InlineData("secret", StatusCodes.Status401Unauthorized, "此接口不公开")]
    public void Render_NotForThisCaller_SaysWhyInTheReadersLanguage(string app, int status, string expected)
    {
        UseCulture("zh-Hans");

        Assert.Equal(expected, Open(app).Find("h1").TextContent);
        Assert.Equal(status, _request.Response.StatusCode);
    }

    [Fact]
    public void Render_NotPublicForASignedInUser_IsShownWithWhatCallersNeed()
    {
        _request.User = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity("cookie"));

        Assert.Contains("HTTP Basic", Open("secret").Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<DocsPage> Open(string app) => Render<DocsPage>(parameters => parameters.Add(page => page.App, app).AddCascadingValue<HttpContext>(_request));
}
