using System.Security.Cryptography;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Common;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Home;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Shell;

public sealed class HomePageTests : AvaTestContext
{
    private static readonly ExamplePackage s_package = new(RepositoryRoot.Combine("samples", "digits"));

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        Services.AddScoped(_ => new ExampleLoader(Console.Schemas, Console.Apps, Console.Packages, s_package));
    }

    [Fact]
    public void Render_NewConsole_OffersTheExampleAndTheDesigner()
    {
        var home = Render<HomePage>();

        home.WaitForAssertion(() => Assert.Equal("Nothing here yet", home.Find("h2").TextContent));
        Assert.NotNull(home.Find("[data-testid=load-example]"));
        Assert.Contains(home.FindAll("a"), link => link.TextContent.Contains("Design an API", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_NewConsoleForAViewer_OffersNothingThatTheyMayNotDo()
    {
        SignIn(Console.Viewer);

        var home = Render<HomePage>();

        home.WaitForElement(".empty-state");
        Assert.Empty(home.FindAll("button, .empty-state a"));
    }

    [Fact]
    public void LoadExample_Clicked_LeadsToTheFirstRelease()
    {
        var home = Render<HomePage>();
        home.WaitForElement("[data-testid=load-example]").Click();

        var next = home.WaitForElement("[data-testid=next-release]");

        Assert.Equal("/apps/digits/releases/new", next.GetAttribute("href"));
        Assert.Equal(["The digits example is loaded."], Toaster.Successes);
    }

    [Fact]
    public async Task Render_PlanAwaitsTheViewer_SaysThatItAwaitsThem()
    {
        var scenario = await ReleaseScenario.CreateAsync(Console);
        await scenario.ProposeReleaseAsync();
        SignIn(Console.Bob);

        var home = Render<HomePage>();

        home.WaitForAssertion(() => Assert.Contains("Awaits your approval", home.Find(".waiting").TextContent, StringComparison.Ordinal));
        SignIn(Console.Alice);
    }

    [Fact]
    public async Task LoadAsync_Twice_AddsNothing()
    {
        var progress = new List<ExampleProgress>();
        var first = await Loader.LoadAsync(Console.Alice, new Recorder(progress), default);
        var audit = (await Console.AuditAsync()).Count;

        var second = await Loader.LoadAsync(Console.Alice, new Recorder([]), default);

        Assert.Equal(first.Value!.Id, second.Value!.Id);
        Assert.Equal(audit, (await Console.AuditAsync()).Count);
        Assert.Equal(s_package.ListPictures().Count, (await Console.Apps.GetAsync("digits", default)).Value!.TestCases.Count);
        Assert.Single(await Console.Packages.ListAsync(default));
        Assert.Equal(Enum.GetValues<ExampleStep>(), progress.Select(report => report.Step).Distinct());
    }

    [Fact]
    public async Task LoadAsync_ApiDesignedByHandBefore_IsKept()
    {
        var own = (await Console.Schemas.CreateAsync(ExampleLoader.Schema with { Description = "My own." }, Console.Alice, default)).Value!;

        var app = (await Loader.LoadAsync(Console.Alice, new Recorder([]), default)).Value!;

        Assert.Equal(own.Id, app.ApiId);
        Assert.Equal("My own.", (await Console.Schemas.GetAsync(own.Id, default)).Value!.Versions.Single().Schema.Description);
    }

    [Fact]
    public async Task LoadAsync_WithoutTheRoles_IsRefused()
    {
        var result = await Loader.LoadAsync(Console.Viewer, new Recorder([]), default);

        Assert.IsType<ForbiddenError>(result.Error);
        Assert.Empty(await Console.Schemas.ListAsync(null, default));
    }

    [Fact]
    public async Task BuildAsync_Twice_GivesTheSameDigest()
    {
        var first = SHA256.HashData(await s_package.BuildAsync(default));

        Assert.Equal(first, SHA256.HashData(await s_package.BuildAsync(default)));
    }

    [Fact]
    public void ListPictures_Names_SayWhatTheyShow() =>
        Assert.All(s_package.ListPictures(), picture => Assert.Matches("^[0-9]$", picture.Label));

    [Fact]
    public void Collapse_SameThingInARow_IsOneLine()
    {
        var actor = Guid.NewGuid();
        AuditEntry Entry(string action, string subject) => new() { ActorId = actor, Action = action, SubjectName = subject };

        var lines = RecentLine.Collapse([Entry("a", "x"), Entry("a", "x"), Entry("b", "x"), Entry("a", "x"), Entry("a", "y")]);

        Assert.Equal([("a", "x", 2), ("b", "x", 1), ("a", "x", 1), ("a", "y", 1)], lines.Select(line => (line.Entry.Action, line.Entry.SubjectName, line.Times)));
    }

    private ExampleLoader Loader => new(Console.Schemas, Console.Apps, Console.Packages, s_package);

    private sealed class Recorder(List<ExampleProgress> reports) : IProgress<ExampleProgress>
    {
        public void Report(ExampleProgress value) => reports.Add(value);
    }
}
