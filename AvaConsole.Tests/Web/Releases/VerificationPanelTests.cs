using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Releases;
using Bunit;

namespace AvaConsole.Tests.Web.Releases;

public sealed class VerificationPanelTests : AvaTestContext
{
    public override Task InitializeAsync() => StartConsoleAsync();

    [Fact]
    public void Render_ManyResults_ShowsTheFailedAndAFewUntilAllAreAskedFor()
    {
        var results = Enumerable.Range(1, 20).Select(number => new TestCaseResult(Guid.NewGuid(), $"case-{number}", number != 18, "1", "1", 0.9, 1, "")).ToList();
        var run = new VerificationRun { State = VerificationState.Failed, Total = 20, Results = results };
        var release = new Release { App = new App { Command = "digits" }, Verifications = [run] };

        var panel = Render<VerificationPanel>(parameters => parameters.Add(p => p.Release, release));
        Assert.Equal(["case-18", "case-1", "case-2", "case-3", "case-4", "case-5"], Names(panel));

        panel.Find("[data-testid=all-results]").Click();
        Assert.Equal(results.Select(result => result.Name), Names(panel));

        panel.Find("[data-testid=all-results]").Click();
        Assert.Equal(6, Names(panel).Count());
    }

    private static IEnumerable<string> Names(IRenderedComponent<VerificationPanel> panel) => panel.FindAll("tbody tr td:nth-child(2)").Select(cell => cell.TextContent);
}
