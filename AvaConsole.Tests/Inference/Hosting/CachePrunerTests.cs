using AvaConsole.Core.Configuration;
using AvaConsole.Inference;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Inference.Hosting;

public sealed class CachePrunerTests : IAsyncLifetime
{
    private const string Url = "https://files.example/labels";

    private readonly FakeClock _clock = new();
    private HostScenario _scenario = null!;

    public async Task InitializeAsync()
    {
        _scenario = await HostScenario.CreateAsync();
        _scenario.Egress.Bodies[new Uri(Url)] = "rot\ngruen\nblau\n"u8.ToArray();
    }

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task Prune_AtStartAndHourly_RemovesWhatIsOldAndNotNeeded()
    {
        await _scenario.StartHostAsync();
        var served = _scenario.AddPackage(TarFixtures.Package());
        var failing = _scenario.AddPackage(TarFixtures.Package(TestModels.UnknownOperator()));
        var retired = _scenario.AddPackage(TarFixtures.Package(labels: "a\nb\nc\n"));
        await _scenario.ReleaseAsync("served", served, Phases.Production);
        await _scenario.ReleaseAsync("failing", failing, Phases.Staging);
        await _scenario.ReleaseWithFilesAsync("retired", retired, Phases.Grey, ("labels.txt", Url));
        await _scenario.StateAsync("served", ModelStates.Serving);
        await _scenario.StateAsync("failing", ModelStates.Failed);
        await _scenario.StateAsync("retired", ModelStates.Serving);
        await _scenario.ReleaseWithFilesAsync("retired", retired, Phases.Retired, ("labels.txt", Url));
        await _scenario.GoneAsync("retired");
        var files = Path.GetFileName(Assert.Single(Directory.EnumerateDirectories(Folder("files"))));
        var forgotten = Path.Combine("files", new string('0', 64));
        Directory.CreateDirectory(Folder(forgotten));
        Age(served, failing, retired, Path.Combine("files", files), forgotten);

        using var pruner = Pruner();
        await pruner.StartAsync(default);
        await GoneAsync(retired);
        await GoneAsync(forgotten);
        Assert.All([served, failing, Path.Combine("files", files)], name => Assert.True(Directory.Exists(Folder(name)), name));
        Assert.True(File.Exists(_scenario.Data.PackagePath(retired)));

        // In the next hour another one; the one in use is touched, the archive of the removed one brings it back.
        Directory.CreateDirectory(Folder(forgotten));
        Age(forgotten);
        await _scenario.WaitAsync(() => _clock.WaitingTimers == 1 ? "waits" : null, "the next hour");
        _clock.Advance(TimeSpan.FromHours(1));
        await GoneAsync(forgotten);
        await pruner.StopAsync(default);

        await _scenario.ReleaseWithFilesAsync("retired", retired, Phases.Grey, ("labels.txt", Url));
        await _scenario.StateAsync("retired", ModelStates.Serving);
        Assert.Equal("rot", await _scenario.AskAsync(Phases.Grey));
    }

    [Fact]
    public async Task Prune_LiveConfigurationUnknown_RemovesNothing()
    {
        await _scenario.StartHostAsync();
        await _scenario.StopHostAsync();
        var forgotten = new string('0', 64);
        Directory.CreateDirectory(Folder(forgotten));
        Age(forgotten);
        await using var services = _scenario.Build();

        // The host is not started: it knows nothing.
        var pruner = services.GetServices<IHostedService>().OfType<CachePruner>().Single();
        await pruner.StartAsync(default);
        Assert.False(services.GetRequiredService<ModelHost>().Known.IsCompleted);
        await pruner.StopAsync(default);

        Assert.True(Directory.Exists(Folder(forgotten)));
    }

    private CachePruner Pruner() => new(
        _scenario.Host,
        _scenario.Services.GetRequiredService<PackageCache>(),
        _scenario.Services.GetRequiredService<CustomFileCache>(),
        Options.Create(new InferenceOptions()),
        _clock,
        NullLogger<CachePruner>.Instance);

    private string Folder(string name) => Path.Combine(_scenario.Data.PackageCache, name);

    private void Age(params string[] names) =>
        Array.ForEach(names, name => Directory.SetLastWriteTimeUtc(Folder(name), DateTime.UtcNow - TimeSpan.FromDays(8)));

    private Task<string> GoneAsync(string name) => _scenario.WaitAsync(() => Directory.Exists(Folder(name)) ? null : "gone", $"{name} to go");
}
