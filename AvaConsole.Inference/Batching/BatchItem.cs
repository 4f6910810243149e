using AvaConsole.Core.Common;
using AvaConsole.Inference.OnnxRuntime;

namespace AvaConsole.Inference.Batching;

/// <summary>One row's outputs and where its time went.</summary>
/// <param name="Outputs">In the order of the wanted outputs.</param>
/// <param name="Queue">From decoded to the start of the run.</param>
/// <param name="Run">The run of the whole batch.</param>
/// <param name="BatchSize">Rows that shared it.</param>
internal sealed record BatchedRow(IReadOnlyList<RowTensor> Outputs, TimeSpan Queue, TimeSpan Run, int BatchSize);

/// <summary>A decoded request on its way through the batcher. Its members are guarded by the batcher's lock.</summary>
internal sealed class BatchItem(IReadOnlyList<RowTensor> row, long enqueuedAt, long deadline)
{
    // Continuations must not run on the thread that computes.
    private readonly TaskCompletionSource<Result<BatchedRow>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<RowTensor> Row => row;

    public long EnqueuedAt => enqueuedAt;

    public long Deadline => deadline;

    public Task<Result<BatchedRow>> Done => _done.Task;

    /// <summary>Its caller has gone: cancelled or timed out.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>The run that it is part of.</summary>
    public RunningBatch? Batch { get; set; }

    public void Complete(Result<BatchedRow> result) => _done.TrySetResult(result);
}

/// <summary>Items in one run.</summary>
internal sealed class RunningBatch(IReadOnlyList<BatchItem> items) : IDisposable
{
    public IReadOnlyList<BatchItem> Items => items;

    public RunStop Stop { get; } = new();

    /// <summary>Nobody waits for any of its answers any more.</summary>
    public bool IsAbandoned => items.All(item => item.IsAbandoned);

    public void Dispose() => Stop.Dispose();
}
