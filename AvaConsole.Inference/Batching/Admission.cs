using System.Diagnostics;
using AvaConsole.Core.Common;
using AvaConsole.Inference.OnnxRuntime;

namespace AvaConsole.Inference.Batching;

/// <summary>The right to one request. Dispose when its answer is complete, whatever became of it.</summary>
internal sealed class Admission(Batcher batcher, TimeSpan timeout) : IDisposable
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private bool _enqueued;
    private bool _disposed;

    /// <summary>Since it was admitted.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Of the request's time; never negative.</summary>
    public TimeSpan Left => timeout > Elapsed ? timeout - Elapsed : TimeSpan.Zero;

    /// <summary>Waits for the row's outputs. Once for each admission.</summary>
    public async Task<Result<BatchedRow>> RunAsync(IReadOnlyList<RowTensor> row, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (Left == TimeSpan.Zero)
        {
            return Batcher.TimedOut();
        }

        var enqueued = batcher.Enqueue(row, _started + (long)(timeout.TotalSeconds * Stopwatch.Frequency));
        if (!enqueued.IsSuccess)
        {
            return enqueued.Error;
        }

        _enqueued = true;
        try
        {
            return await enqueued.Value.Done.WaitAsync(Left, ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            batcher.Abandon(enqueued.Value);
            return Batcher.TimedOut();
        }
        catch (OperationCanceledException)
        {
            batcher.Abandon(enqueued.Value);
            throw;
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            batcher.Leave(wasPreparing: !_enqueued);
        }
    }
}
