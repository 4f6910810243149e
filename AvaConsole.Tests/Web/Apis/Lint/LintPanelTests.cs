using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis.Lint;
using Bunit;

namespace AvaConsole.Tests.Web.Apis.Lint;

public sealed class LintPanelTests : AvaTestContext
{
    private static readonly ApiSchema s_schema = new()
    {
        Service = "digits",
        Description = "digits",
        Parameters = [new ApiParameter { Name = "x", Type = ParameterTypes.Integer, Minimum = 11, Maximum = 10 }],
        Payload = [new PayloadEntry { Name = "video", Type = "vedio", Description = "clip" }],
    };

    [Fact]
    public void Render_Findings_GroupsThemErrorsFirst()
    {
        var panel = Open();

        Assert.Equal(["Errors", "Warnings"], panel.FindAll("h3 .badge").Select(badge => badge.TextContent.Trim().Split('\n')[^1].Trim()).Select(text => text.Contains("Errors") ? "Errors" : "Warnings"));
        Assert.Equal(
            ["schema.minimum_above_maximum", "schema.payload_type_unknown", "schema.response_missing", "schema.description_missing"],
            panel.FindAll("li").Select(item => item.GetAttribute("data-rule")));
        Assert.Contains("The minimum 11 is above the maximum 10.", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("/parameters/0/minimum", panel.Find("li .link").TextContent);
    }

    [Fact]
    public void Jump_Finding_NamesItsField()
    {
        var fields = new List<string>();
        var panel = Open(jump: fields.Add);

        panel.Find("[data-rule='schema.payload_type_unknown'] .link").Click();

        Assert.Equal(["Payload[0].Type"], fields);
    }

    [Fact]
    public void Fix_Finding_HandsItOver()
    {
        var fixedOnes = new List<LintFinding>();
        var panel = Open(fix: fixedOnes.Add);

        panel.Find("[data-rule='schema.payload_type_unknown'] .button").Click();

        Assert.Equal("video", fixedOnes[0].Fixed!(s_schema).Payload[0].Type);
        Assert.Contains("Fix all 2", panel.Find("[data-testid=fix-all]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ReadOnly_MendsNothing()
    {
        var panel = Render<LintPanel>(parameters => parameters.Add(one => one.Findings, SchemaLint.Check(s_schema)).Add(one => one.ReadOnly, true).Add(one => one.OnFix, _ => { }));

        Assert.Empty(panel.FindAll(".button"));
    }

    [Fact]
    public void Render_InChinese_SaysTheSame()
    {
        UseCulture("zh-Hans");

        var panel = Open();

        Assert.Equal("2 个错误，2 个警告", panel.Find("[role=status]").TextContent);
    }

    [Fact]
    public void Render_Nothing_SaysSo() =>
        Assert.Contains("Nothing to mend.", Render<LintPanel>(parameters => parameters.Add(one => one.Findings, [])).Markup, StringComparison.Ordinal);

    private IRenderedComponent<LintPanel> Open(Action<string>? jump = null, Action<LintFinding>? fix = null) => Render<LintPanel>(parameters => parameters
        .Add(panel => panel.Findings, SchemaLint.Check(s_schema))
        .Add(panel => panel.OnJump, jump ?? (_ => { }))
        .Add(panel => panel.OnFix, fix ?? (_ => { })));
}
