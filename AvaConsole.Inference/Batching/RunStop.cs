using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Batching;

/// <summary>Ends a run from outside: the model notices between two of its nodes.</summary>
internal sealed class RunStop : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationToken _ct;
    private readonly CancellationTokenRegistration _registration;
    private RunOptions? _options;
    private bool _disposed;

    /// <param name="ct">Its cancellation stops the run as well.</param>
    public RunStop(CancellationToken ct = default)
    {
        _ct = ct;
        _registration = ct.Register(Stop);
    }

    public bool IsStopped { get; private set; }

    /// <summary>For the run that is to be stoppable; one for each stop.</summary>
    public RunOptions Options
    {
        get
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return _options ??= new RunOptions { Terminate = IsStopped };
            }
        }
    }

    public void Stop()
    {
        lock (_lock)
        {
            IsStopped = true;
            if (_options is not null && !_disposed)
            {
                _options.Terminate = true;
            }
        }
    }

    /// <summary>Runs something with these options. A run that ended because it was cancelled says so.</summary>
    public T Guard<T>(Func<T> run)
    {
        _ct.ThrowIfCancellationRequested();
        try
        {
            return run();
        }
        catch (OnnxRuntimeException) when (_ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(_ct);
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        lock (_lock)
        {
            _disposed = true;
            _options?.Dispose();
        }
    }
}
