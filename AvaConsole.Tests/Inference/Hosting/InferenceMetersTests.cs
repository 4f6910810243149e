using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Figures;
using AvaConsole.Inference.Hosting;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Inference.Hosting;

public sealed class InferenceMetersTests : IAsyncLifetime
{
    private HostScenario _scenario = null!;

    public async Task InitializeAsync() => _scenario = await HostScenario.StartAsync();

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task Requests_OfEachOutcome_AreCounted()
    {
        // Other tests' hosts publish under the same meter; the version tells them apart.
        const string version = "metered";
        await _scenario.ReleaseAsync(version, _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync(version, ModelStates.Serving);
        var seen = new ConcurrentBag<(string Name, double Value, string Outcome)>();
        using var listener = Listen(version, seen);

        Assert.Equal("red", await _scenario.AskAsync());
        using (var lease = _scenario.Host.TryAcquire("colors", Phases.Production)!)
        {
            var text = new Dictionary<string, ReadOnlyMemory<byte>> { ["image"] = "text"u8.ToArray() };
            Assert.False((await lease.Model.InferAsync(new InferenceRequest(text, default), default)).IsSuccess);
        }

        listener.RecordObservableInstruments();
        Assert.Equal(["invalid", "ok"], seen.Where(one => one.Name == "ava_inference_requests").Select(one => one.Outcome).Order());
        Assert.Equal([1.0], seen.Where(one => one.Name == "ava_inference_batch_size").Select(one => one.Value));
        Assert.Single(seen, one => one.Name == "ava_inference_run_seconds" && one.Value > 0);
        foreach (var part in (string[])["queue", "input", "output"])
        {
            Assert.Single(seen, one => one.Name == $"ava_inference_{part}_seconds" && one.Value >= 0);
        }

        Assert.Equal([0.0], seen.Where(one => one.Name == "ava_inference_queue_length").Select(one => one.Value));
        Assert.Equal([0.0], seen.Where(one => one.Name == "ava_inference_in_flight").Select(one => one.Value));
    }

    [Fact]
    public async Task Take_RequestsOfEachOutcome_AddsUpWhatHappenedSince()
    {
        var figures = _scenario.Services.GetRequiredService<FiguresCollector>();
        await _scenario.ReleaseAsync("counted", _scenario.AddPackage(TarFixtures.Package()), Phases.Production);
        await _scenario.StateAsync("counted", ModelStates.Serving);
        figures.Take();

        Assert.Equal("red", await _scenario.AskAsync());
        using (var lease = _scenario.Host.TryAcquire("colors", Phases.Production)!)
        {
            var text = new Dictionary<string, ReadOnlyMemory<byte>> { ["image"] = "text"u8.ToArray() };
            Assert.False((await lease.Model.InferAsync(new InferenceRequest(text, default), default)).IsSuccess);
        }

        var taken = figures.Take();
        var model = Assert.Single(taken.Models);
        Assert.Equal(("colors", "counted", 2L, 1L, 1L, 1L), (model.App, model.Version, model.Requests, model.Failed, model.Rows, model.Runs));
        Assert.Equal((2L, 1L), (model.Latency.Sum(), model.Batches[0]));
        var failure = Assert.Single(model.Failures);
        Assert.Equal(("picture.not_a_picture", 1L), (failure.Code, failure.Count));
        Assert.True(taken.MemoryBytes > 0);
        Assert.Empty(figures.Take().Models);
    }

    [Fact]
    public async Task Verification_OfARelease_IsNoTraffic()
    {
        const string version = "verified";
        var release = new Release
        {
            App = new App { Command = "colors" },
            Version = version,
            BatchSize = 4,
            Package = new ModelPackage { Sha256 = _scenario.AddPackage(TarFixtures.Package()) },
        };
        var seen = new ConcurrentBag<(string Name, double Value, string Outcome)>();
        using var listener = Listen(version, seen);

        await using (var target = (await _scenario.Services.GetRequiredService<IReleaseVerifier>().LoadAsync(release, default)).Value!)
        {
            Assert.True((await target.RunAsync(new TestCase { Content = TestPictures.Rgb(8, 8, TestPictures.Red) }, default)).IsSuccess);
            Assert.False((await target.RunAsync(new TestCase { Content = "text"u8.ToArray() }, default)).IsSuccess);
            listener.RecordObservableInstruments();
        }

        Assert.Empty(seen);
    }

    private static MeterListener Listen(string version, ConcurrentBag<(string Name, double Value, string Outcome)> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == InferenceMeters.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.Start();
        return listener;

        void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string ?? "");
            if (all["version"] == version)
            {
                seen.Add((instrument.Name, value, all.GetValueOrDefault("outcome", "")));
            }
        }
    }
}
