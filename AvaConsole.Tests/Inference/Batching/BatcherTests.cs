using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Tensors;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Tests.Inference.Batching;

public sealed class BatcherTests : IDisposable
{
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly InferenceMeters _meters = new();
    private readonly RunSlots _slots = new(2);
    private readonly List<IDisposable> _parts = [];

    public void Dispose()
    {
        _parts.AsEnumerable().Reverse().ToList().ForEach(part => part.Dispose());
        _meters.Dispose();
    }

    [Fact]
    public async Task RunAsync_WhileOneRuns_OthersShareTheNextRun()
    {
        var runner = Add(new FakeRunner());
        var batcher = Start(runner, new BatchSettings(4, s_never, 100, s_never));
        SharingPays(batcher);

        var first = InferAsync(batcher, 0);
        Assert.Equal([0], runner.NextRun());
        var others = Enumerable.Range(1, 6).Select(value => InferAsync(batcher, (byte)value)).ToList();
        await QueueOf(batcher, 6);
        runner.Release();
        Assert.Equal([1, 2, 3, 4], runner.NextRun());
        runner.Release();
        Assert.Equal([5, 6], runner.NextRun());
        runner.Release();

        Assert.Equal(1, (await first).Value!.Timing.BatchSize);
        var answers = await Task.WhenAll(others);
        Assert.Equal([1, 2, 3, 4, 5, 6], answers.Select(answer => FakeRunner.Value(answer.Value!)));
        Assert.Equal([4, 4, 4, 4, 2, 2], answers.Select(answer => answer.Value!.Timing.BatchSize));
        Assert.Equal((0, 0), (batcher.QueueLength, batcher.InFlight));
    }

    [Fact]
    public async Task RunAsync_NobodyElseOnTheWay_LeavesAtOnceWhateverTheDelay()
    {
        var batcher = Start(Add(new FakeRunner { IsOpen = true }), new BatchSettings(8, s_never, 100, s_never));

        Assert.True((await InferAsync(batcher, 1).WaitAsync(s_patience)).IsSuccess);
    }

    [Fact]
    public async Task RunAsync_AnotherIsBeingDecoded_WaitsForIt()
    {
        var runner = Add(new FakeRunner { IsOpen = true });
        var batcher = Start(runner, new BatchSettings(8, s_never, 100, s_never));
        using var decoding = Enter(batcher);

        var waiting = InferAsync(batcher, 1);
        await QueueOf(batcher, 1);
        Assert.Empty(runner.Runs);
        await decoding.RunAsync(FakeRunner.Row(2), default).WaitAsync(s_patience);

        Assert.Equal(2, (await waiting).Value!.Timing.BatchSize);
        Assert.Equal([1, 2], runner.NextRun());
    }

    [Fact]
    public async Task RunAsync_TheDecodedOneIsRefused_LeavesWithoutIt()
    {
        var runner = Add(new FakeRunner { IsOpen = true });
        var batcher = Start(runner, new BatchSettings(8, s_never, 100, s_never));
        var decoding = Enter(batcher);

        var waiting = InferAsync(batcher, 1);
        await QueueOf(batcher, 1);
        decoding.Dispose();

        Assert.Equal(1, (await waiting.WaitAsync(s_patience)).Value!.Timing.BatchSize);
    }

    [Fact]
    public async Task RunAsync_DelayIsOver_LeavesThoughOthersAreOnTheWay()
    {
        var batcher = Start(Add(new FakeRunner { IsOpen = true }), new BatchSettings(8, TimeSpan.FromMilliseconds(20), 100, s_never));
        using var decoding = Enter(batcher);

        Assert.Equal(1, (await InferAsync(batcher, 1).WaitAsync(s_patience)).Value!.Timing.BatchSize);
    }

    [Fact]
    public async Task RunAsync_BatchIsFull_LeavesThoughOthersAreOnTheWay()
    {
        var batcher = Start(Add(new FakeRunner { IsOpen = true }), new BatchSettings(2, s_never, 100, s_never));
        using var decoding = Enter(batcher);

        var answers = await Task.WhenAll(InferAsync(batcher, 1), InferAsync(batcher, 2)).WaitAsync(s_patience);

        Assert.All(answers, answer => Assert.Equal(2, answer.Value!.Timing.BatchSize));
    }

    [Fact]
    public async Task RunAsync_BatchesAreNoFaster_NeverWaits()
    {
        var batcher = Start(Add(new FakeRunner { IsOpen = true }), new BatchSettings(8, s_never, 100, s_never));
        batcher.Cost.Learn(1, 10);
        batcher.Cost.Learn(8, 79);
        using var decoding = Enter(batcher);

        Assert.True((await InferAsync(batcher, 1).WaitAsync(s_patience)).IsSuccess);
    }

    [Fact]
    public async Task RunAsync_RunsAreShort_DoesNotWaitLongerThanARunTakes()
    {
        var batcher = Start(Add(new FakeRunner { IsOpen = true }), new BatchSettings(8, s_never, 100, s_never));
        batcher.Cost.Learn(1, 20);
        batcher.Cost.Learn(8, 21);
        using var decoding = Enter(batcher);

        Assert.True((await InferAsync(batcher, 1).WaitAsync(s_patience)).IsSuccess);
    }

    [Fact]
    public async Task UpdateSettings_ShorterDelay_AppliesToThoseWhoWait()
    {
        var batcher = Start(Add(new FakeRunner { IsOpen = true }), new BatchSettings(8, s_never, 100, s_never));
        using var decoding = Enter(batcher);
        var waiting = InferAsync(batcher, 1);
        await QueueOf(batcher, 1);

        batcher.UpdateSettings(batcher.Settings with { Delay = TimeSpan.Zero });

        Assert.True((await waiting.WaitAsync(s_patience)).IsSuccess);
    }

    [Fact]
    public async Task TryEnter_TooManyInFlight_IsBusyUntilOneLeaves()
    {
        var batcher = Start(Add(new FakeRunner { IsOpen = true }), new BatchSettings(8, s_never, 2, s_never));
        var first = Enter(batcher);
        using var second = Enter(batcher);

        var refused = Assert.IsType<BusyError>(batcher.TryEnter().Error);
        Assert.Equal(("serving.busy", 1), (refused.Code, refused.RetryAfterSeconds));
        first.Dispose();
        Enter(batcher).Dispose();

        batcher.UpdateSettings(batcher.Settings with { MaxConcurrent = 1 });
        Assert.IsType<BusyError>(batcher.TryEnter().Error);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task RunAsync_TakesTooLong_TimesOutAndStopsTheRun()
    {
        var runner = Add(new FakeRunner());
        var batcher = Start(runner, new BatchSettings(8, TimeSpan.Zero, 100, TimeSpan.FromMilliseconds(100)));

        // On a loaded machine the time may be over before the run has begun: then once more.
        do
        {
            var answer = await InferAsync(batcher, 1).WaitAsync(s_patience);
            Assert.Equal("serving.timeout", Assert.IsType<TimeoutError>(answer.Error).Code);
        }
        while (runner.Runs.Count == 0);

        // Nothing else ends the run of the fake: the next one starts only because this one was stopped.
        Assert.Equal([1], runner.NextRun());
        batcher.UpdateSettings(batcher.Settings with { Timeout = s_never });
        var next = InferAsync(batcher, 2);
        Assert.Equal([2], runner.NextRun());
        runner.Release();
        Assert.True((await next).IsSuccess);
    }

    [Fact]
    public async Task RunAsync_TimeoutOfZero_LetsNothingThrough()
    {
        var batcher = Start(Add(new FakeRunner { IsOpen = true }), BatchSettings.From(new WorkerDocument { MaxConcurrent = 1 }, 8, true));

        Assert.IsType<TimeoutError>((await InferAsync(batcher, 1)).Error);
    }

    [Fact]
    public async Task RunAsync_OneOfTwoIsCancelled_TheOtherIsAnswered()
    {
        var runner = Add(new FakeRunner());
        var batcher = Start(runner, new BatchSettings(2, s_never, 100, s_never));
        using var cancellation = new CancellationTokenSource();
        using var decoding = Enter(batcher);

        var cancelled = InferAsync(batcher, 1, cancellation.Token);
        var other = InferAsync(batcher, 2);
        Assert.Equal([1, 2], runner.NextRun());
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        runner.Release();

        Assert.Equal(2, FakeRunner.Value((await other.WaitAsync(s_patience)).Value!));
    }

    [Fact]
    public async Task RunAsync_CancelledInTheQueue_NeverRuns()
    {
        var runner = Add(new FakeRunner());
        var batcher = Start(runner, new BatchSettings(8, s_never, 100, s_never));
        using var cancellation = new CancellationTokenSource();

        var first = InferAsync(batcher, 0);
        Assert.Equal([0], runner.NextRun());
        var cancelled = InferAsync(batcher, 1, cancellation.Token);
        var last = InferAsync(batcher, 2);
        await QueueOf(batcher, 2);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        runner.Release();

        Assert.Equal([2], runner.NextRun());
        runner.Release();
        Assert.True((await Task.WhenAll(first, last)).All(answer => answer.IsSuccess));
    }

    [Fact]
    public async Task RunAsync_OneBadRow_DoesNotFailItsNeighbours()
    {
        var runner = Add(new FakeRunner { IsOpen = true, Poison = 2 });
        var batcher = Start(runner, new BatchSettings(3, s_never, 100, s_never));
        using var decoding = Enter(batcher);

        var answers = await Task.WhenAll(InferAsync(batcher, 1), InferAsync(batcher, 2), InferAsync(batcher, 3)).WaitAsync(s_patience);

        Assert.Equal([true, false, true], answers.Select(answer => answer.IsSuccess));
        Assert.Equal("serving.model_failed", Assert.IsType<UnavailableError>(answers[1].Error).Code);
        Assert.Equal(4, runner.Runs.Count);
    }

    [Fact]
    public async Task Dispose_RunInFlight_EndsItAndAnswersEverybody()
    {
        var runner = Add(new FakeRunner());
        var batcher = Start(runner, new BatchSettings(1, s_never, 100, s_never));
        var running = InferAsync(batcher, 1);
        Assert.Equal([1], runner.NextRun());
        var queued = InferAsync(batcher, 2);
        await QueueOf(batcher, 1);

        batcher.Dispose();

        Assert.False((await running.WaitAsync(s_patience)).IsSuccess);
        Assert.Equal("serving.unloaded", (await queued.WaitAsync(s_patience)).Error!.Code);
        Assert.Equal("serving.unloaded", batcher.TryEnter().Error!.Code);
    }

    [Fact]
    public void From_WorkerDocument_ReadsNanoseconds()
    {
        var worker = new WorkerDocument { Delay4Batch = 100_000_000, MaxConcurrent = 0, Timeout = 3_000_000_000 };

        Assert.Equal(new BatchSettings(16, TimeSpan.FromMilliseconds(100), 1, TimeSpan.FromSeconds(3)), BatchSettings.From(worker, 16, true));
        Assert.Equal(1, BatchSettings.From(worker, 16, batchable: false).BatchSize);
        Assert.Equal(1, BatchSettings.From(worker, 0, true).BatchSize);
    }

    /// <summary>Without this the fake's own times, which mean nothing, would decide.</summary>
    private static void SharingPays(Batcher batcher)
    {
        batcher.Cost.Learn(1, 10_000);
        batcher.Cost.Learn(8, 10_100);
    }

    private Batcher Start(FakeRunner runner, BatchSettings settings) =>
        Add(new Batcher(runner, _slots, settings, 1, _meters, "app", "1", NullLogger.Instance));

    private T Add<T>(T part)
        where T : IDisposable
    {
        _parts.Add(part);
        return part;
    }

    private static Admission Enter(Batcher batcher)
    {
        var admission = batcher.TryEnter();
        Assert.True(admission.IsSuccess, $"{admission.Error}");
        return admission.Value;
    }

    private static async Task<Result<TensorAnswer>> InferAsync(Batcher batcher, byte value, CancellationToken ct = default)
    {
        using var admission = Enter(batcher);
        return await admission.RunAsync(FakeRunner.Row(value), ct);
    }

    private static async Task QueueOf(Batcher batcher, int length)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (batcher.QueueLength != length)
        {
            await Task.Delay(1, patience.Token);
        }
    }
}
