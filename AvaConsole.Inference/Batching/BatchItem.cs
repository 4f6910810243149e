using System.Diagnostics;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Batching;

/// <summary>A request on its way through the batcher, all times in stopwatch ticks.</summary>
/// <param name="admittedAt">When its preparation began.</param>
/// <param name="deadline">When its caller gives up.</param>
internal sealed class BatchItem(TensorRequest request, long admittedAt, long deadline)
{
    private const int Waiting = 0;
    private const int Completed = 1;
    private const int Abandoned = 2;

    // Continuations must not run on the thread that computes.
    private readonly TaskCompletionSource<Result<TensorAnswer>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _enqueuedAt = Stopwatch.GetTimestamp();
    private TensorRequest? _request = request;
    private int _state = Waiting;
    private int _left;
    private RunningBatch? _batch;

    /// <summary>Until its caller has gone.</summary>
    public TensorRequest Request => _request ?? throw new InvalidOperationException("The request was abandoned.");

    public long EnqueuedAt => _enqueuedAt;

    public long Deadline => deadline;

    /// <summary>What it can share a run with.</summary>
    public RowShape Shape { get; } = RowShape.Of(request);

    public Task<Result<TensorAnswer>> Done => _done.Task;

    /// <summary>Its caller has gone: cancelled or timed out.</summary>
    public bool IsAbandoned => Volatile.Read(ref _state) == Abandoned;

    /// <summary>Nobody has taken it for a run or out of turn.</summary>
    public bool IsQueued => Volatile.Read(ref _left) == 0;

    /// <summary>The run that it is part of.</summary>
    public RunningBatch? Batch
    {
        get => Volatile.Read(ref _batch);
        set => Volatile.Write(ref _batch, value);
    }

    /// <summary>False where the answer is there already.</summary>
    public bool TryAbandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting;

    /// <summary>True for the one who takes it out of the queue.</summary>
    public bool TryLeaveQueue() => Interlocked.Exchange(ref _left, 1) == 0;

    /// <summary>What an abandoned one leaves in the queue should weigh nothing.</summary>
    public void DropRequest() => _request = null;

    public void Fail(Error error)
    {
        if (Interlocked.CompareExchange(ref _state, Completed, Waiting) == Waiting)
        {
            _done.SetResult(error);
        }
    }

    /// <param name="started">The run.</param>
    /// <param name="batchSize">Rows in the run.</param>
    public void Complete(RequestOutputs outputs, long started, TimeSpan took, int batchSize)
    {
        if (Interlocked.CompareExchange(ref _state, Completed, Waiting) != Waiting)
        {
            outputs.Memory?.Dispose();
            return;
        }

        var timing = new InferenceTiming(
            Milliseconds(Stopwatch.GetElapsedTime(admittedAt, _enqueuedAt)),
            Milliseconds(Stopwatch.GetElapsedTime(_enqueuedAt, started)),
            Milliseconds(took),
            Milliseconds(Stopwatch.GetElapsedTime(admittedAt)),
            batchSize);
        _done.SetResult(new TensorAnswer(outputs.Values, timing, outputs.Memory));
    }

    private static double Milliseconds(TimeSpan span) => Math.Round(span.TotalMilliseconds, 3);
}

/// <summary>Items in one run.</summary>
internal sealed class RunningBatch(IReadOnlyList<BatchItem> items) : IDisposable
{
    public IReadOnlyList<BatchItem> Items => items;

    public int Rows { get; } = items.Sum(item => item.Shape.Rows);

    public RunStop Stop { get; } = new();

    /// <summary>When the last of its callers gives up.</summary>
    public long Deadline { get; } = items.Max(item => item.Deadline);

    /// <summary>Nobody waits for any of its answers any more.</summary>
    public bool IsAbandoned => items.All(item => item.IsAbandoned);

    public void Dispose() => Stop.Dispose();
}
