using AvaConsole.Core.Changes;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Tests.Support;

/// <summary>An app with API, package and a test case, and the steps of its releases as a user clicks through them.</summary>
public sealed class ReleaseScenario(TestConsole console)
{
    public string Command { get; } = "d" + Guid.NewGuid().ToString("n")[..10];

    public App App { get; private set; } = null!;

    public ApiVersion ApiVersion { get; private set; } = null!;

    public ModelPackage Package { get; private set; } = null!;

    public static async Task<ReleaseScenario> CreateAsync(TestConsole console)
    {
        var scenario = new ReleaseScenario(console);
        await scenario.PrepareAsync();
        return scenario;
    }

    public ReleaseRequest Request(string version = "20261101-v1") => new(
        version,
        new DateOnly(2026, 11, 1),
        "v1",
        0,
        "reg.example/ava/ava-onnx-classify:v1",
        ApiVersion.Id,
        Package.Id,
        8,
        224,
        new Dictionary<string, string>(),
        """{"threshold": 0.50, "big": 12345678901234567890}""")
    {
        VersionReason = "as the test names it",
    };

    public async Task<Release> DraftAsync(string version = "20261101-v1") =>
        (await console.Releases.CreateAsync(App.Id, Request(version), console.Alice, default)).Value!;

    public async Task<VerificationRun> VerifyAsync(Guid releaseId)
    {
        var run = (await console.Verifications.StartAsync(releaseId, console.Alice, default)).Value!;
        await console.Verifications.RunAsync(run.Id, default);
        return (await console.Releases.GetAsync(releaseId, default)).Value!.Verifications[0];
    }

    public async Task<ChangePlan> SubmitAsync(Guid releaseId)
    {
        var preview = (await console.Releases.PreviewSubmitAsync(releaseId, console.Alice, default)).Value!;
        return (await console.Releases.SubmitAsync(releaseId, "first release", preview.ContentHash, console.Alice, default)).Value!;
    }

    /// <summary>A verified, submitted release and its plan, not yet approved.</summary>
    public async Task<ChangePlan> ProposeReleaseAsync(string version = "20261101-v1")
    {
        var release = await DraftAsync(version);
        await VerifyAsync(release.Id);
        return await SubmitAsync(release.Id);
    }

    public async Task<ChangePlan> ProposePromotionAsync(Guid releaseId, string phase)
    {
        var preview = (await console.Releases.PreviewPromoteAsync(releaseId, phase, console.Alice, default)).Value!;
        return (await console.Releases.PromoteAsync(releaseId, phase, "", preview.ContentHash, console.Alice, default)).Value!;
    }

    public async Task ApproveAsync(ChangePlan plan)
    {
        var approved = await console.Changes.ApproveAsync(plan.Id, plan.ContentHash, "fine", console.Bob, default);
        Assert.Null(approved.Error);
    }

    public async Task<ChangePlan> ApplyAsync(ChangePlan plan)
    {
        await ApproveAsync(plan);
        Assert.Null((await console.Changes.ApplyAsync(plan.Id, console.Alice, default)).Error);
        await console.ApplyDueAsync();
        return (await console.Changes.GetAsync(plan.Id, default)).Value!;
    }

    /// <summary>A release in staging.</summary>
    public async Task<Release> ReleaseAsync(string version = "20261101-v1")
    {
        var plan = await ApplyAsync(await ProposeReleaseAsync(version));
        Assert.Equal((ChangeState.Applied, ""), (plan.State, plan.FailureCode));
        return (await console.Releases.GetAsync(plan.ReleaseId!.Value, default)).Value!;
    }

    public async Task<ChangePlan> PromoteAsync(Guid releaseId, params string[] phases)
    {
        ChangePlan? plan = null;
        foreach (var phase in phases)
            plan = await ApplyAsync(await ProposePromotionAsync(releaseId, phase));
        return plan!;
    }

    /// <summary>Version → phase, as the store holds it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PhasesAsync()
    {
        var range = await console.Store.RangeAsync(ConfigKey.AppReleasesOf(Command), default);
        return range.Entries.ToDictionary(
            entry => entry.Key[(entry.Key.LastIndexOf('/') + 1)..],
            entry => ConfigJson.TryParse<ReleaseDocument>(entry.Value, out var document) ? document.Phase : "?");
    }

    private async Task PrepareAsync()
    {
        var schema = new ApiSchema
        {
            Service = Command,
            Payload = [new PayloadEntry { Name = "image", Type = PayloadTypes.Image, Required = true, Description = "picture" }],
            Response = [new PayloadEntry { Name = "result", Type = PayloadTypes.Json, Description = "scores" }],
        };
        var api = (await console.Schemas.CreateAsync(schema, console.Alice, default)).Value!;
        var version = await console.Schemas.CreateVersionAsync(api.Id, 1, console.Alice, default);
        Assert.Null(version.Error);
        ApiVersion = version.Value!;
        App = (await console.Apps.CreateAsync(new AppRequest(Command, "digits", true, api.Id, 7, "the-ak", "the-sk"), console.Alice, default)).Value!;
        Assert.Null((await console.Apps.AddTestCaseAsync(App.Id, new TestCaseRequest("one", "1.png", "image/png", "1"u8.ToArray(), "1", 0.5), console.Alice, default)).Error);
        using var content = new MemoryStream(Guid.NewGuid().ToByteArray());
        Package = (await console.Packages.AddAsync(content, "digits.tar", null, console.Alice, default)).Value!;
    }
}
