using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Trials;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using AvaConsole.Web.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Inference.Hosting;

/// <summary>The host with the built console's own program as its child, as the console registers it.</summary>
public sealed class HostileModelTests : IAsyncLifetime
{
    // 2 GiB: more than a trial may take here, less than the machine has.
    private const long TooMany = 1L << 29;

    private HostScenario _scenario = null!;

    public async Task InitializeAsync()
    {
        _scenario = await HostScenario.CreateAsync();
        await _scenario.StartHostAsync(program: ChildProgram.Of(typeof(ServingService).Assembly));
    }

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task Release_WhoseModelEatsTheMemory_FailsAndTheOldOneServes()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("v1", ModelStates.Serving);

        await _scenario.ReleaseAsync("v2", _scenario.AddPackage(new TarBuilder().File("model.onnx", TestModels.Bomb(TooMany, whenLoaded: false))), Phases.Grey);
        var failed = await _scenario.StateAsync("v2", ModelStates.Failed);

        Assert.Equal(("model.trial_memory", "512"), (failed.ReasonCode, Assert.Single(failed.ReasonArgs)));
        Assert.Equal("red", await _scenario.AskAsync());
    }

    [Fact]
    public async Task InspectAsync_ModelThatEatsTheMemory_IsRefused()
    {
        Directory.CreateDirectory(_scenario.Data.Packages);
        var archive = Path.Combine(_scenario.Data.Packages, "upload.tar");
        await File.WriteAllBytesAsync(archive, new TarBuilder().File("model.onnx", TestModels.Bomb(TooMany, whenLoaded: false)).ToTar());

        var inspected = await _scenario.Services.GetRequiredService<IPackageInspector>().InspectAsync(archive, default);

        Assert.Equal("model.trial_memory", InferenceParts.Problem(inspected.Error).Code);
    }
}
