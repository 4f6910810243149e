using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Hosting;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using Xunit.Abstractions;

namespace AvaConsole.Tests.Integration.Hosting;

/// <summary>Measures this process: nothing may run beside it.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryCollection;

[Collection(nameof(MemoryTests))]
public sealed class MemoryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Loads = 100;

    // 2 MiB of weights: keeping one of ten would be seen.
    private const int Floats = 1 << 19;
    private const long MostGrowth = 16L << 20;

    private HostScenario _scenario = null!;

    public async Task InitializeAsync() => _scenario = await HostScenario.StartAsync();

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task Host_HundredLoadsAndUnloads_GivesTheMemoryBack()
    {
        await _scenario.ReleaseAsync("v1", _scenario.AddPackage(new TarBuilder().File("model.onnx", TestModels.Heavy(Floats))), Phases.Production);
        var first = 0L;
        for (var load = 1; load <= Loads; load++)
        {
            await _scenario.StateAsync("v1", ModelStates.Serving);
            await RunAsync();
            Assert.True((await _scenario.Host.UnloadAsync("colors", default)).IsSuccess);
            if (load % 10 == 0)
            {
                var resident = ResidentBytes();
                output.WriteLine($"{resident >> 20} MiB after {load} loads, of them {GC.GetGCMemoryInfo().TotalCommittedBytes >> 20} MiB of .NET's heap");
                first = first == 0 ? resident : first;
            }

            Assert.True(load == Loads || (await _scenario.Host.LoadAsync("colors", default)).IsSuccess);
        }

        var growth = ResidentBytes() - first;
        output.WriteLine($"{growth >> 20} MiB more after {Loads} loads than after {Loads / 10}");
        Assert.InRange(growth, long.MinValue, MostGrowth);
    }

    private async Task RunAsync()
    {
        using var lease = _scenario.Host.TryAcquire("colors", Phases.Production)!;
        using var answer = (await lease.Model.InferAsync(
            new TensorRequest([new Tensor("values", TensorType.Fp32, [1, Floats]) { Data = new byte[Floats * sizeof(float)] }], []), default)).Value!;
        Assert.Single(answer.Outputs);
    }

    private static long ResidentBytes()
    {
        // Aggressive: what .NET keeps for later is given back, too.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
