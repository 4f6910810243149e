using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis.Versions;
using Bunit;

namespace AvaConsole.Tests.Web.Apis.Versions;

public sealed class PublishPanelTests : AvaTestContext
{
    private static readonly ApiSchema s_draft = new()
    {
        Service = "digits",
        Version = "1.1.0",
        Parameters = [new ApiParameter { Name = "top_k", Type = ParameterTypes.Integer, Maximum = 10 }],
    };

    private readonly List<string> _reasons = [];
    private readonly List<string> _numbers = [];

    [Fact]
    public void Render_BreakingChangesUnderASmallNumber_AsksForAReason()
    {
        var panel = Open(s_draft with { Parameters = [s_draft.Parameters[0] with { Maximum = 5 }] });

        panel.WaitForAssertion(() => Assert.Contains("Since 1.0.0: 1 breaking, 0 risky, 0 safe changes. The number that says so is 2.0.0.", panel.Markup, StringComparison.Ordinal));
        Assert.True(panel.Find("[data-testid=create-version]").HasAttribute("disabled"));

        panel.Find("#smaller-reason").Input("nobody sends more");
        panel.WaitForAssertion(() => Assert.False(panel.Find("[data-testid=create-version]").HasAttribute("disabled")));
        panel.Find("[data-testid=create-version]").Click();
        panel.Find("[data-testid=use-number]").Click();

        panel.WaitForAssertion(() => Assert.Equal(["nobody sends more"], _reasons));
        panel.WaitForAssertion(() => Assert.Equal(["2.0.0"], _numbers));
    }

    [Fact]
    public void Render_NumberThatSaysIt_NeedsNoReason()
    {
        var panel = Open(s_draft with { Parameters = [s_draft.Parameters[0] with { Maximum = 20 }] });

        panel.WaitForElement("[data-testid=create-version]").Click();

        panel.WaitForAssertion(() => Assert.Equal([""], _reasons));
        Assert.Empty(panel.FindAll("#smaller-reason, [data-testid=use-number]"));
    }

    [Fact]
    public void Render_NumberTaken_ProposesTheNext()
    {
        var panel = Open(s_draft with { Version = "1.0.0" });

        panel.WaitForAssertion(() => Assert.Contains("Version 1.0.0 exists already", panel.Markup, StringComparison.Ordinal));
        Assert.True(panel.Find("[data-testid=create-version]").HasAttribute("disabled"));
        panel.Find("[data-testid=use-number]").Click();
        panel.WaitForAssertion(() => Assert.Equal(["1.0.1"], _numbers));
    }

    [Fact]
    public void Render_LintErrors_CannotCreate()
    {
        var panel = Open(s_draft with { Version = "2.0.0" }, errors: 3);

        panel.WaitForAssertion(() => Assert.Contains("3 lint errors are left.", panel.Markup, StringComparison.Ordinal));
        Assert.True(panel.Find("[data-testid=create-version]").HasAttribute("disabled"));
    }

    [Fact]
    public void Render_FirstVersion_InChinese()
    {
        UseCulture("zh-Hans");

        var panel = Render<PublishPanel>(parameters => parameters.Add(one => one.Draft, s_draft).Add(one => one.Versions, []));

        panel.WaitForAssertion(() => Assert.Contains("首个版本。通常为 1.0.0", panel.Markup, StringComparison.Ordinal));
    }

    private IRenderedComponent<PublishPanel> Open(ApiSchema draft, int errors = 0) => Render<PublishPanel>(parameters => parameters
        .Add(panel => panel.Draft, draft)
        .Add(panel => panel.Versions, [new ApiVersion { Version = "1.0.0", Schema = s_draft with { Version = "1.0.0" } }])
        .Add(panel => panel.Errors, errors)
        .Add(panel => panel.OnCreate, _reasons.Add)
        .Add(panel => panel.OnUseNumber, _numbers.Add));
}
