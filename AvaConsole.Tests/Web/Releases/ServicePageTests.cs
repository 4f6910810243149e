using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis.Code;
using AvaConsole.Web.Features.Releases;
using AvaConsole.Web.Features.Releases.Service;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Web.Releases;

public sealed class ServicePageTests : AvaTestContext
{
    private ReleaseScenario _scenario = null!;

    public override async Task InitializeAsync()
    {
        await StartConsoleAsync();
        ((FakePackageInspector)Console.Get<IPackageInspector>()).Answer = new PackageInspection
        {
            Files = [new PackageFile("model.onnx", 3), new PackageFile("service.yaml", 3)],
            Inputs = [new TensorInfo("image", "FP32", [-1, 1, 224, 224])],
            Outputs = [new TensorInfo("scores", "FP32", [-1, 10])],
        };
        _scenario = await ReleaseScenario.CreateAsync(Console);

        // What the archive would unpack to: the scenario's package is no archive.
        var folder = Path.Combine(Console.Data.PackageCache, _scenario.Package.Sha256);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "model.onnx"), "weights");
        await File.WriteAllTextAsync(Path.Combine(folder, "service.yaml"), "pipeline: raw\n");
        var packages = new PackageCache(Console.Data, new PackageUnpacker(), new NoEgress(), Clock, NullLogger<PackageCache>.Instance);
        Services.AddSingleton(new ServiceYamlEditor(packages));
        Services.AddSingleton(new ServiceYamlTrial(
            packages, new AvaConsole.Inference.Trials.ModelTrial(Console.Data, Options.Create(new AvaConsole.Inference.InferenceOptions()), NullLogger<AvaConsole.Inference.Trials.ModelTrial>.Instance), InferenceParts.Runtime, Options.Create(new AvaConsole.Inference.InferenceOptions())));
    }

    [Fact]
    public async Task Type_Mistake_IsNamedWithItsLineAndCannotBeSaved()
    {
        var page = await OpenAsync((await _scenario.DraftAsync()).Id);

        await TypeAsync(page, "pipeline: raw\ninput:\n  scael: 2\n");

        page.WaitForAssertion(() => Assert.StartsWith("Line 3: ", page.Find("[data-testid=service-problems] button").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=review-service]"));
    }

    [Fact]
    public async Task Save_Draft_GivesItAnotherPackage()
    {
        var draft = await _scenario.DraftAsync();
        var page = await OpenAsync(draft.Id);

        await SaveAsync(page, "pipeline: classification\n", "is stored, and the draft");

        page.WaitForAssertion(() => Assert.EndsWith(ReleaseUrls.Details(draft.Id), Navigation.Uri, StringComparison.Ordinal));
        var saved = (await Console.Releases.GetAsync(draft.Id, default)).Value!;
        Assert.NotEqual((draft.Package!.Sha256, draft.ContentHash), (saved.Package!.Sha256, saved.ContentHash));
        Assert.Equal("digits.tar", saved.Package.FileName);
        Assert.Empty(Directory.GetFiles(Console.Data.Staging));
    }

    [Fact]
    public async Task Save_SubmittedRelease_MakesANewDraftOfIt()
    {
        var plan = await _scenario.ProposeReleaseAsync();
        var submitted = (await Console.Releases.GetAsync(plan.ReleaseId!.Value, default)).Value!;
        var page = await OpenAsync(submitted.Id);

        await SaveAsync(page, "", "a new draft is made that differs from");

        page.WaitForAssertion(() => Assert.Matches("/releases/[0-9a-f-]{36}$", Navigation.Uri));
        var made = (await Console.Releases.GetAsync(Guid.Parse(Navigation.Uri[^36..]), default)).Value!;
        Assert.Equal((ReleaseState.Draft, submitted.BatchSize, submitted.CustomValues), (made.State, made.BatchSize, made.CustomValues));
        Assert.NotEqual((submitted.Version, submitted.PackageId), (made.Version, made.PackageId));
        Assert.Equal(submitted.ContentHash, (await Console.Releases.GetAsync(submitted.Id, default)).Value!.ContentHash);
    }

    [Fact]
    public async Task Save_SomebodyElseSaved_KeepsWhatWasTyped()
    {
        var draft = await _scenario.DraftAsync();
        var page = await OpenAsync(draft.Id);
        Assert.Null((await Console.Releases.UpdateAsync(draft.Id, _scenario.Request() with { BatchSize = 2 }, draft.Revision, Console.Alice, default)).Error);

        await SaveAsync(page, "pipeline: classification\n", "is stored, and the draft");

        page.WaitForElement("[data-testid=reload-service]").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=reload-service]")));
        page.WaitForElement("[data-testid=save-service]").Click();
        page.WaitForAssertion(() => Assert.Single(Toaster.Successes));
        Assert.Equal(2, (await Console.Releases.GetAsync(draft.Id, default)).Value!.BatchSize);
    }

    [Fact]
    public async Task Page_WithoutThePermissions_OnlyShows()
    {
        var draft = await _scenario.DraftAsync();
        SignIn(Console.Viewer);

        var page = Render<ServicePage>(parameters => parameters.Add(page => page.Id, draft.Id));

        page.WaitForAssertion(() => Assert.Contains("You can look at this and try it.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=review-service], [data-testid^=template-]"));
    }

    private async Task<IRenderedComponent<ServicePage>> OpenAsync(Guid release)
    {
        var page = Render<ServicePage>(parameters => parameters.Add(page => page.Id, release));
        page.WaitForElement("[data-testid=code]");
        var box = page.FindComponent<CodeBox>();
        await box.InvokeAsync(box.Instance.OnReadyAsync);
        return page;
    }

    /// <summary>As the browser reports it: all of what was shown is gone, and this is there.</summary>
    private static async Task TypeAsync(IRenderedComponent<ServicePage> page, string text)
    {
        var box = page.FindComponent<CodeBox>();
        await box.InvokeAsync(() => box.Instance.OnTypedAsync(1, 0, 0, 0, text));
    }

    private static async Task SaveAsync(IRenderedComponent<ServicePage> page, string text, string explained)
    {
        await TypeAsync(page, text);
        page.WaitForElement("[data-testid=review-service]").Click();
        page.WaitForElement("[data-testid=save-service]");
        Assert.Contains(explained, page.Markup, StringComparison.Ordinal);
        page.Find("[data-testid=save-service]").Click();
    }

    private sealed class NoEgress : IEgressClient
    {
        public Task<Result<Stream>> GetAsync(Uri url, long maxBytes, CancellationToken ct) => throw new InvalidOperationException("Nothing is fetched here.");
    }
}
