using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis.Versions;
using Bunit;

namespace AvaConsole.Tests.Web.Apis.Versions;

public sealed class SemanticDiffViewTests : AvaTestContext
{
    private static readonly ApiSchema s_from = new()
    {
        Service = "digits",
        Parameters = [new ApiParameter { Name = "top_k", Type = ParameterTypes.Integer, Minimum = 1, Maximum = 10 }],
        Response = [new PayloadEntry { Name = "heat", Required = true }, new PayloadEntry { Name = "mask" }],
    };

    private static readonly ApiSchema s_to = s_from with
    {
        Parameters = [s_from.Parameters[0] with { Maximum = 5 }, new ApiParameter { Name = "note" }],
        Response = [s_from.Response[1]],
    };

    [Fact]
    public void Render_Changes_GroupsThemWithVerdictsWordsAndExample()
    {
        var view = Open(s_to);

        view.WaitForAssertion(() => Assert.Equal(["Request", "Response"], view.FindAll("h4").Select(heading => heading.TextContent.Split(' ')[0])));
        var narrowed = view.Find("[data-rule='request-property-max-decreased']");
        Assert.Contains("Breaking", narrowed.QuerySelector(".badge")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("parameters/top_k: the greatest value was lowered: 10 → 5.", narrowed.TextContent, StringComparison.Ordinal);
        Assert.Contains("\"top_k\": 10", narrowed.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Breaking", view.Find("[data-rule='response-required-property-removed'] .badge").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Filter_Safe_ShowsThoseAlone()
    {
        var view = Open(s_to);

        view.WaitForElement("[data-testid=filter-Safe]").Click();

        view.WaitForAssertion(() => Assert.Equal(["new-optional-request-property"], view.FindAll("li").Select(item => item.GetAttribute("data-rule"))));
        view.Find("[data-testid=filter-Risky]").Click();
        view.WaitForAssertion(() => Assert.Contains("No such change.", view.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_InChinese_SaysItInChinese()
    {
        UseCulture("zh-Hans");

        var view = Open(s_to);

        view.WaitForAssertion(() => Assert.Contains("请求属性 parameters/top_k：最大值降低：10 → 5。", view.Markup, StringComparison.Ordinal));
        Assert.Contains("不兼容", view.Find(".head .badge").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NothingChanged_SaysSo()
    {
        var view = Open(s_from with { Description = "other words" });

        view.WaitForAssertion(() => Assert.Contains("Nothing changes for callers.", view.Markup, StringComparison.Ordinal));
    }

    private IRenderedComponent<SemanticDiffView> Open(ApiSchema to) => Render<SemanticDiffView>(parameters => parameters
        .Add(view => view.From, s_from)
        .Add(view => view.To, to)
        .Add(view => view.Title, "From 1.0.0 to the draft"));
}
