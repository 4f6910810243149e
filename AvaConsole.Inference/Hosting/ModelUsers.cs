namespace AvaConsole.Inference.Hosting;

/// <summary>
/// Counts who uses a loaded model, its owner among them: it is unloaded when the owner and the last of the others have let go, never under a request.
/// </summary>
internal sealed class ModelUsers
{
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The owner's own. Below one, nobody can enter any more.
    private int _references = 1;

    /// <summary>Completes when the owner has retired the model and the last request is done.</summary>
    public Task Idle => _idle.Task;

    /// <summary>False where the model is being unloaded.</summary>
    public bool TryAdd()
    {
        var references = Volatile.Read(ref _references);
        while (references > 0)
        {
            var seen = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (seen == references)
            {
                return true;
            }

            references = seen;
        }

        return false;
    }

    public void Remove()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _idle.SetResult();
        }
    }

    /// <summary>The owner lets go: waits for the requests, ends those that take too long, and unloads. Once.</summary>
    /// <param name="unload">Ends what still runs; may take long.</param>
    public async Task RetireAsync(TimeSpan patience, Action unload)
    {
        Remove();
        try
        {
            await Idle.WaitAsync(patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The batcher ends them: their callers get an error, not a crash.
        }

        await Task.Factory.StartNew(unload, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
    }
}

/// <summary>Holds one reference to a model, which was added already.</summary>
internal sealed class ModelLease(IServedModel model, ModelUsers users) : IModelLease
{
    private int _disposed;

    public IServedModel Model => model;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            users.Remove();
        }
    }
}
