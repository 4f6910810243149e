using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure.Browser;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Shell;

public sealed class SharedComponentTests : AvaTestContext
{
    [Fact]
    public void StatusBadge_UnknownKind_IsNeutral()
    {
        var badge = Render<StatusBadge>(parameters => parameters.Add(p => p.Kind, "shiny").Add(p => p.Text, "New"));

        badge.MarkupMatches("""<span class="badge badge-neutral"><span class="icon" aria-hidden="true">circle</span><span>New</span></span>""");
    }

    [Fact]
    public void ErrorAlert_NoError_KeepsTheRegionForLater()
    {
        var alert = Render<ErrorAlert>();

        Assert.Equal("", alert.Find("[role=alert]").TextContent.Trim());
    }

    [Fact]
    public void ErrorAlert_SeveralProblems_ListsThemWithTheirFields()
    {
        var error = new InvalidError([new Problem("Name", "required"), new Problem("", "not_found")]);

        var alert = Render<ErrorAlert>(parameters => parameters.Add(p => p.Error, error));

        Assert.Equal("Some values cannot be accepted.", alert.Find("strong").TextContent);
        Assert.Equal(["Name", ""], alert.FindAll("li").Select(item => item.QuerySelector("code")?.TextContent ?? ""));
    }

    [Fact]
    public void FormRow_WithError_NamesControlHintAndError()
    {
        var row = Render<FormRow>(parameters => parameters
            .Add(p => p.Label, "Name").Add(p => p.For, "name").Add(p => p.Hint, "Short").Add(p => p.Error, "Taken").Add(p => p.Required, true));

        Assert.Equal("name", row.Find("label").GetAttribute("for"));
        Assert.Equal("Short", row.Find("#name-hint").TextContent);
        Assert.Contains("Taken", row.Find("#name-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void TimeText_BrowserZone_IsUsedOnceKnown()
    {
        JSInterop.SetupModule("/js/browser.js").Setup<string?>("timeZone").SetResult("Asia/Shanghai");
        var time = Render<TimeText>(parameters => parameters.Add(p => p.At, Clock.GetUtcNow().AddMinutes(-5)));

        _ = Services.GetRequiredService<BrowserTime>().InitializeAsync();

        time.WaitForAssertion(() => Assert.Equal("2026-11-21 17:25:00 +08:00", time.Find("time").GetAttribute("title")));
        Assert.Equal("5 min ago", time.Find("time").TextContent);
    }

    [Fact]
    public void TimeText_TimePasses_SaysSo()
    {
        var time = Render<TimeText>(parameters => parameters.Add(p => p.At, Clock.GetUtcNow()));

        Clock.Advance(TimeSpan.FromMinutes(3));

        time.WaitForAssertion(() => Assert.Equal("3 min ago", time.Find("time").TextContent));
    }

    [Fact]
    public void DiffView_Toggled_ShowsBothSidesAndRemembersIt()
    {
        var diff = Render<DiffView>(parameters => parameters.Add(p => p.Old, """{"a":1}""").Add(p => p.New, """{"a":2}"""));
        Assert.Equal(["−  \"a\": 1", "+  \"a\": 2"], diff.FindAll(".diff-added, .diff-removed").Select(cell => cell.TextContent));

        diff.FindAll(".segmented button")[1].Click();

        Assert.True(Services.GetRequiredService<ViewPreferences>().Current.DiffSplit);
        diff.WaitForAssertion(() => Assert.Equal("true", diff.FindAll(".segmented button")[1].GetAttribute("aria-pressed")));
        Assert.Equal(3, diff.FindAll("tbody tr").Count);
    }

    [Fact]
    public void DiffView_FoldedLines_OpenOnDemand()
    {
        var before = string.Join('\n', Enumerable.Range(1, 20));
        var diff = Render<DiffView>(parameters => parameters.Add(p => p.Old, before).Add(p => p.New, before + "\n21"));

        diff.Find(".diff-fold button").Click();

        Assert.Equal(21, diff.FindAll("tbody tr").Count);
    }

    [Fact]
    public void PlanView_Operations_SayWhatHappensToEachKey()
    {
        PlannedOperation[] operations =
        [
            new() { Key = "/ava/serving/app/release/digits/v1", ExpectedModRevision = 0, NewDisplay = "{}" },
            new() { Key = "/ava/serving/worker/default", ExpectedModRevision = 7, OldDisplay = "{}", NewDisplay = """{"timeout":1}""" },
            new() { Key = "/ava/serving/model/m/default", ExpectedModRevision = 9, OldDisplay = "{}" },
        ];

        var plan = Render<PlanView>(parameters => parameters.Add(p => p.Operations, operations));

        Assert.Equal(["Create", "Change", "Delete"], plan.FindAll(".plan-key .badge > span:last-child").Select(badge => badge.TextContent));
        Assert.Equal(["must not exist yet", "only if still at revision 7", "only if still at revision 9"], plan.FindAll(".plan-guard").Select(guard => guard.TextContent));
        Assert.Equal(operations.Select(operation => operation.Key), plan.FindAll(".plan-key code").Select(key => key.TextContent));
    }

    [Fact]
    public void CopyButton_BrowserRefuses_SaysHowElse()
    {
        JSInterop.SetupModule("/js/browser.js").Setup<bool>("copy", "abc").SetResult(false);
        var button = Render<CopyButton>(parameters => parameters.Add(p => p.Text, "abc"));

        button.Find("button").Click();

        button.WaitForAssertion(() => Assert.Single(Toaster.Errors));
    }

    [Fact]
    public void PageErrorBoundary_ContentFails_ShowsAReferenceAndNotTheException()
    {
        var boundary = Render<PageErrorBoundary>(parameters => parameters.AddChildContent<Failing>());

        Assert.Contains("This part of the page failed", boundary.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("the inner secret", boundary.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void ConfirmDialog_Danger_FocusesCancel()
    {
        var dialog = Render<ConfirmDialog>(parameters => parameters.Add(p => p.Text, "Gone for good").Add(p => p.Verb, "Delete").Add(p => p.Danger, true));

        Assert.Equal("Cancel", dialog.Find("[autofocus]").TextContent);
    }

    private sealed class Failing : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("the inner secret");
    }
}
