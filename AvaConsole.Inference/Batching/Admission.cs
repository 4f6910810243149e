using System.Diagnostics;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Batching;

/// <summary>The right to one request. Dispose when its answer is complete, whatever became of it.</summary>
/// <param name="isPart">Of a request that is counted elsewhere.</param>
internal sealed class Admission(Batcher batcher, TimeSpan timeout, bool isPart = false) : IDisposable
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private bool _enqueued;
    private bool _disposed;

    /// <summary>Since it was admitted.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Of the request's time; never negative.</summary>
    public TimeSpan Left => LeftOf(timeout);

    /// <summary>Waits for the request's outputs. Once for each admission.</summary>
    public async Task<Result<TensorAnswer>> RunAsync(TensorRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var limit = request.Timeout is { } shorter && shorter < timeout ? shorter : timeout;
        if (LeftOf(limit) == TimeSpan.Zero)
        {
            return Batcher.TimedOut();
        }

        var item = new BatchItem(request, _started, _started + (long)(limit.TotalSeconds * Stopwatch.Frequency));
        if (batcher.Enqueue(item) is { } refused)
        {
            return refused;
        }

        _enqueued = true;
        if (item.Done.IsCompleted)
        {
            // It was run here: no timer, no registration, no other thread.
            return await item.Done.ConfigureAwait(false);
        }

        try
        {
            return await item.Done.WaitAsync(LeftOf(limit), ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return batcher.Abandon(item) ? Batcher.TimedOut() : await item.Done.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (!batcher.Abandon(item))
            {
                // The answer came first, but nobody will read it.
                (await item.Done.ConfigureAwait(false)).Value?.Dispose();
            }

            throw;
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            batcher.Leave(wasPreparing: !_enqueued, isPart);
        }
    }

    private TimeSpan LeftOf(TimeSpan limit) => limit > Elapsed ? limit - Elapsed : TimeSpan.Zero;
}
