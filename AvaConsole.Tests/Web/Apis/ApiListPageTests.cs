using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using Bunit;

namespace AvaConsole.Tests.Web.Apis;

public sealed class ApiListPageTests : AvaTestContext
{
    public override Task InitializeAsync() => StartConsoleAsync();

    [Fact]
    public void Render_NoApis_SaysWhatToDo()
    {
        var page = Render<ApiListPage>();

        page.WaitForAssertion(() => Assert.Equal("No APIs yet", page.Find(".empty-state h2").TextContent));
        Assert.Equal("/apis?new=true", page.Find(".empty-state a").GetAttribute("href"));
    }

    [Fact]
    public async Task Render_SearchInQuery_ListsOnlyMatches()
    {
        await HasAsync("digits", "faces");
        Navigation.NavigateTo(ApiUrls.List("fac"));

        var page = Render<ApiListPage>();

        page.WaitForAssertion(() => Assert.Equal(["faces"], page.FindAll("tbody a").Select(link => link.TextContent)));
    }

    [Fact]
    public async Task Render_NothingMatches_OffersToClearTheSearch()
    {
        await HasAsync("digits");
        Navigation.NavigateTo(ApiUrls.List("zzz"));

        var page = Render<ApiListPage>();

        page.WaitForAssertion(() => Assert.Equal("No API matches “zzz”", page.Find(".empty-state h2").TextContent));
        Assert.Equal("/apis", page.Find(".empty-state a").GetAttribute("href"));
    }

    [Fact]
    public async Task Create_NewInQuery_LeadsToTheDesigner()
    {
        Navigation.NavigateTo(ApiUrls.List(create: true));
        var page = Render<ApiListPage>();

        page.WaitForElement("#new-service").Input("digits");
        page.WaitForAssertion(() => Assert.False(page.Find("form.new-api button").HasAttribute("disabled")));
        page.Find("form.new-api").Submit();

        page.WaitForAssertion(() => Assert.Matches("/apis/[0-9a-f-]{36}$", Navigation.Uri));
        var api = Assert.Single(await Console.Schemas.ListAsync(null, default));
        Assert.Equal("digits", api.Name);
    }

    [Fact]
    public async Task Create_NameTaken_IsSaidAtTheField()
    {
        await HasAsync("digits");
        Navigation.NavigateTo(ApiUrls.List(create: true));
        var page = Render<ApiListPage>();

        page.WaitForElement("#new-service").Input("digits");
        page.WaitForAssertion(() => Assert.False(page.Find("form.new-api button").HasAttribute("disabled")));
        page.Find("form.new-api").Submit();

        page.WaitForAssertion(() => Assert.Contains("digits", page.Find(".new-api [role=alert], .new-api .form-row-error").TextContent + page.Find("#new-service-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Viewer_CannotCreate()
    {
        SignIn(Console.Viewer);
        Navigation.NavigateTo(ApiUrls.List(create: true));

        var page = Render<ApiListPage>();

        page.WaitForElement(".empty-state");
        Assert.Empty(page.FindAll("form, [data-testid=new-api]"));
    }

    private async Task HasAsync(params string[] names)
    {
        foreach (var name in names)
            Assert.Null((await Console.Schemas.CreateAsync(new ApiSchema { Service = name }, Console.Alice, default)).Error);
    }
}
