using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Tensors;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Tests.Inference.Batching;

public sealed class BatcherOverloadTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly FakeRunner _runner = new();
    private readonly List<Batcher> _batchers = [];

    public void Dispose()
    {
        _batchers.ForEach(batcher => batcher.Dispose());
        _runner.Dispose();
    }

    [Fact]
    public async Task TryEnter_ThoseWhoWaitTakeLongerThanTheTimeout_IsRefusedAtOnce()
    {
        var batcher = Start(_runner, TimeSpan.FromSeconds(13), batchSize: 1);
        batcher.Cost.Learn(1, 4000);
        var running = AskAsync(batcher, 0);
        Assert.Equal([0], _runner.NextRun());
        var waiting = AskAsync(batcher, 1);

        // One waits: what runs, it and the next take 12 s. Two wait: 16 s are beyond the timeout.
        var second = AskAsync(batcher, 2);
        var refused = batcher.TryEnter();

        var error = Assert.IsType<UnavailableError>(refused.Error);
        Assert.Equal("serving.overloaded", error.Code);
        Assert.Equal([16], error.Args);
        Assert.Equal(3, batcher.InFlight);
        Release(3);
        Assert.All(await Task.WhenAll(running, waiting, second).WaitAsync(s_patience), answer => Assert.True(answer.IsSuccess));
    }

    [Fact]
    public async Task TryEnter_TooManyInFlight_SaysWhenToTryAgain()
    {
        var batcher = Start(_runner, TimeSpan.FromHours(1), mostInFlight: 2, batchSize: 1);
        batcher.Cost.Learn(1, 4000);
        var running = AskAsync(batcher, 0);
        Assert.Equal([0], _runner.NextRun());
        var waiting = AskAsync(batcher, 1);

        var busy = Assert.IsType<BusyError>(batcher.TryEnter().Error);

        Assert.Equal(("serving.busy", 12), (busy.Code, busy.RetryAfterSeconds));
        Release(2);
        Assert.All(await Task.WhenAll(running, waiting).WaitAsync(s_patience), answer => Assert.True(answer.IsSuccess));
    }

    [Fact]
    public async Task RunAsync_RequestShortensItsTimeout_TimesOutBeforeTheReleases()
    {
        var batcher = Start(_runner, TimeSpan.FromHours(1));
        using var admission = batcher.TryEnter().Value!;

        var answer = await admission.RunAsync(FakeRunner.Row(1) with { Timeout = TimeSpan.FromMilliseconds(20) }, default).WaitAsync(s_patience);

        Assert.Equal("serving.timeout", Assert.IsType<TimeoutError>(answer.Error).Code);
    }

    [Fact]
    public void RunAsync_RunsAreShortAndNobodyElseIsThere_RunsOnTheCallersThread()
    {
        using var runner = new FakeRunner { IsOpen = true };
        var batcher = Start(runner, TimeSpan.FromHours(1));
        batcher.Cost.Learn(1, 0.01);
        using var admission = batcher.TryEnter().Value!;

        var answer = admission.RunAsync(FakeRunner.Row(7), default);

        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, runner.LastThread);
    }

    [Fact]
    public async Task RunAsync_ShortRunOnTheCallersThreadNeverEnds_IsEndedWhenItsTimeIsOver()
    {
        var batcher = Start(_runner, TimeSpan.FromMilliseconds(200));
        batcher.Cost.Learn(1, 0.01);

        var answer = await Task.Run(() => AskAsync(batcher, 1)).WaitAsync(s_patience);

        Assert.Equal("serving.timeout", Assert.IsType<TimeoutError>(answer.Error).Code);
        Assert.Equal(0, batcher.InFlight);
    }

    [Fact]
    public async Task RunAsync_ManyShapesWait_BatchesHoldOneShapeEach()
    {
        var batcher = Start(_runner, TimeSpan.FromHours(1));
        batcher.Cost.Learn(1, 10_000);
        batcher.Cost.Learn(8, 10_100);
        var first = AskAsync(batcher, 0);
        Assert.Equal([0], _runner.NextRun());
        var wide = new TensorRequest([new Tensor("x", TensorType.UInt8, [1, 2]) { Data = new byte[] { 9, 9 } }], []);

        Task<Result<TensorAnswer>>[] others = [AskAsync(batcher, 1), AskAsync(batcher, wide), AskAsync(batcher, 2), AskAsync(batcher, wide)];
        Release(1);
        Assert.Equal([1, 2], _runner.NextRun());
        Release(1);
        Assert.Equal([9, 9], _runner.NextRun());
        Release(1);

        Assert.All(await Task.WhenAll([first, .. others]).WaitAsync(s_patience), answer => Assert.True(answer.IsSuccess));
    }

    [Fact]
    public async Task RunAsync_RequestsOfSeveralRows_ShareRunsUpToTheRowsOfABatch()
    {
        var batcher = Start(_runner, TimeSpan.FromHours(1), batchSize: 4);
        batcher.Cost.Learn(1, 10_000);
        batcher.Cost.Learn(4, 10_100);
        var first = AskAsync(batcher, 0);
        Assert.Equal([0], _runner.NextRun());

        Task<Result<TensorAnswer>>[] others = [AskAsync(batcher, Rows(1, 3)), AskAsync(batcher, Rows(2, 1)), AskAsync(batcher, Rows(3, 2)), AskAsync(batcher, Rows(4, 9))];
        Release(1);
        Assert.Equal([1, 2], _runner.NextRun());
        Release(1);
        Assert.Equal([3], _runner.NextRun());
        Release(1);
        Assert.Equal([4], _runner.NextRun());
        Release(1);

        var answers = await Task.WhenAll([first, .. others]).WaitAsync(s_patience);
        Assert.Equal([1, 4, 4, 2, 9], answers.Select(answer => answer.Value!.Timing.BatchSize));
        Assert.Equal([(1, 1L), (2, 1L), (4, 1L), (9, 1L)], batcher.Counters.Read().Batches.Select(batch => (batch.Rows, batch.Infer.Count)));

        static TensorRequest Rows(byte value, int rows) => new([new Tensor("x", TensorType.UInt8, [rows, 1]) { Data = Enumerable.Repeat(value, rows).ToArray() }], []);
    }

    private Batcher Start(FakeRunner runner, TimeSpan timeout, int mostInFlight = 100, int batchSize = 8)
    {
        var batcher = new Batcher(runner, new RunSlots(2), new BatchSettings(batchSize, TimeSpan.Zero, mostInFlight, timeout), 1, null, "app", "1", NullLogger.Instance);
        _batchers.Add(batcher);
        return batcher;
    }

    private void Release(int runs)
    {
        for (var run = 0; run < runs; run++)
        {
            _runner.Release();
        }
    }

    private static Task<Result<TensorAnswer>> AskAsync(Batcher batcher, byte value) => AskAsync(batcher, FakeRunner.Row(value));

    private static async Task<Result<TensorAnswer>> AskAsync(Batcher batcher, TensorRequest request)
    {
        using var admission = batcher.TryEnter().Value!;
        return await admission.RunAsync(request, default);
    }
}
