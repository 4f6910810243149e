using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Core.Schemas;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis.Preview;
using Bunit;

namespace AvaConsole.Tests.Web.Apis.Preview;

public sealed class PreviewPaneTests : AvaTestContext
{
    [Theory]
    [InlineData(PreviewTabs.Request, "\"top_k\": 3")]
    [InlineData(PreviewTabs.Response, "\"request_id\"")]
    [InlineData(PreviewTabs.Curl, "curl -sS 'http://localhost/api/content/digits'")]
    [InlineData(PreviewTabs.Python, "urllib.request.Request")]
    [InlineData(PreviewTabs.CSharp, "new HttpClient()")]
    [InlineData(PreviewTabs.Yaml, "kind: ApiSchema")]
    [InlineData(PreviewTabs.Json, "\"schemainput\"")]
    [InlineData(PreviewTabs.OpenApi, "openapi: ")]
    [InlineData(PreviewTabs.Reference, "Labels to answer")]
    public void Render_EveryTab_ShowsItsText(string tab, string expected) => Assert.Contains(expected, Text(Open(Sample.Digits, tab)), StringComparison.Ordinal);

    [Theory]
    [InlineData(PreviewTabs.Request)]
    [InlineData(PreviewTabs.Response)]
    public void Render_Example_IsCheckedOnTheSpot(string tab)
    {
        var pane = Open(Sample.ImageDetect, tab);

        Assert.Contains("badge-success", pane.Find(".badge").ClassList);
        Assert.NotNull(JsonNode.Parse(Text(pane)));
    }

    [Fact]
    public void Render_RequiredValueNobodyCanGuess_SaysWhatIsMissing()
    {
        var pane = Open(new ApiSchema { Service = "digits", Parameters = [new ApiParameter { Name = "code", Required = true, Pattern = @"^(.)\1(?!.)$" }] }, PreviewTabs.Request);

        Assert.Contains("badge-danger", pane.Find(".badge").ClassList);
        Assert.Contains("code", pane.Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Type_SchemaChanges_FollowsAfterAMomentsQuiet()
    {
        var pane = Open(Sample.Digits, PreviewTabs.Yaml);
        var renders = pane.RenderCount;

        for (var i = 0; i < 5; i++)
        {
            pane.Render(parameters => parameters.Add(view => view.Schema, Sample.Digits with { Description = $"typed {i}" }));
        }

        Assert.Equal(renders, pane.RenderCount);
        await pane.InvokeAsync(() => Clock.Advance(PreviewPane.Delay));
        pane.WaitForAssertion(() => Assert.Contains("typed 4", Text(pane), StringComparison.Ordinal));
    }

    [Fact]
    public void Render_DraftThatMeansNothingYet_StaysWhole()
    {
        var draft = new ApiSchema { Parameters = [new ApiParameter(), new ApiParameter { Type = "strnig" }], Payload = [new PayloadEntry { Type = "vedio" }], Response = [new PayloadEntry { Type = "" }] };

        foreach (var tab in PreviewTabs.All)
        {
            Assert.NotNull(Open(draft, tab).Find("[data-testid=preview]"));
        }
    }

    [Fact]
    public void Reference_Nested_NamesMembersByPathInChinese()
    {
        UseCulture("zh-Hans");

        var pane = Open(Sample.ImageDetect, PreviewTabs.Reference);

        Assert.Contains("someother.value2", Text(pane), StringComparison.Ordinal);
        Assert.Contains("POST /api/content/image-detect", Text(pane), StringComparison.Ordinal);
        Assert.Contains("请求违反了上述规则。", Text(pane), StringComparison.Ordinal);
    }

    [Fact]
    public void Select_Tab_TellsThePage()
    {
        var chosen = "";
        var pane = Render<PreviewPane>(parameters => parameters.Add(view => view.Schema, Sample.Digits).Add(view => view.OnSelect, tab => chosen = tab));

        pane.Find("[data-testid=tab-openapi]").Click();

        Assert.Equal(PreviewTabs.OpenApi, chosen);
    }

    private IRenderedComponent<PreviewPane> Open(ApiSchema schema, string tab) =>
        Render<PreviewPane>(parameters => parameters.Add(view => view.Schema, schema).Add(view => view.Tab, tab));

    private static string Text(IRenderedComponent<PreviewPane> pane) => pane.Find("[data-testid=preview]").TextContent;
}
