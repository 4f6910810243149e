using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>
/// A loaded model. Runs from any number of threads. Ending the native session while a run is in flight would end the process, so
/// that disposing and unloading wait for, or refuse because of, runs.
/// </summary>
/// <remarks>
/// It has up to two sessions: a wide one, whose runs share the process's threads and are over soonest, and a narrow one, whose runs stay on
/// their own thread, so that as many as there are cores give the most answers in all.
/// </remarks>
internal sealed class OrtModel : IDisposable, IUnloadable
{
    private readonly OrtModelSource _source;
    private readonly ManualResetEventSlim _drained = new();
    private readonly object _openGate = new();
    private readonly string[] _allOutputs;
    private InferenceSession? _wide;
    private InferenceSession? _narrow;
    private CudaHostMemory? _hostMemory;
    private bool _wantsWide = true;
    private bool _wantsNarrow;
    private volatile bool _isResident = true;
    private long _lastUse = Environment.TickCount64;

    // The owner's own, and one for each run.
    private int _uses = 1;
    private int _disposed;

    /// <exception cref="OnnxRuntimeException">It does not load.</exception>
    /// <exception cref="UnsupportedPortException">It takes or gives a type that nothing can carry.</exception>
    public OrtModel(OrtModelSource source)
    {
        _source = source;
        source.Budget?.MakeRoom(this);
        _wide = source.Open(false);
        try
        {
            Signature = OrtTypes.Signature(_wide);
        }
        catch
        {
            _wide.Dispose();
            throw;
        }

        _hostMemory = source.OpenHostMemory?.Invoke(_wide);
        _allOutputs = [.. Signature.Outputs.Select(port => port.Name)];
        source.Budget?.Add(this);
    }

    public ModelSignature Signature { get; }

    /// <summary>Its nodes run on a GPU, as far as that has kernels for them.</summary>
    public bool IsCuda => _source.IsCuda;

    /// <summary>Of its files; what a session of it takes at least.</summary>
    public long FileBytes => _source.Bytes;

    /// <summary>Runs are padded to a few sizes, because the device is slow at the first run of each.</summary>
    public bool PadsRows => _source.PadsRows;

    public bool IsResident => _isResident;

    public long ResidentBytes => _source.Bytes * ((_wantsWide ? 1 : 0) + (_wantsNarrow ? 1 : 0));

    public long LastUse => Volatile.Read(ref _lastUse);

    /// <summary>Chooses the sessions to have; at least one. While nothing runs.</summary>
    /// <exception cref="OnnxRuntimeException">One does not load; then nothing has changed.</exception>
    public void Keep(bool wide, bool narrow)
    {
        lock (_openGate)
        {
            var before = (_wantsWide, _wantsNarrow);
            (_wantsWide, _wantsNarrow) = (wide, narrow);
            try
            {
                _source.Budget?.MakeRoom(this);
                OpenWanted();
            }
            catch
            {
                (_wantsWide, _wantsNarrow) = before;
                throw;
            }

            if (!wide)
            {
                _wide?.Dispose();
                _wide = null;
            }

            if (!narrow)
            {
                _narrow?.Dispose();
                _narrow = null;
            }
        }
    }

    /// <summary>Runs requests together, each with as many rows as its tensors have, and gives each its outputs.</summary>
    /// <param name="requests">Several only where their tensors differ in nothing but values and the first dimension, and in the same order.</param>
    /// <param name="wide">With all of the process's threads, where there is a session for that.</param>
    /// <param name="padTo">Rows that the run is padded to, by repeating the last; 0 for none.</param>
    /// <param name="options">Its <c>Terminate</c> ends the run early.</param>
    /// <exception cref="OnnxRuntimeException">The model failed, or was terminated.</exception>
    /// <exception cref="RowsMixedException">There are several requests and an output does not have one part for each row.</exception>
    public RunResult Run(IReadOnlyList<TensorRequest> requests, bool wide, int padTo, RunOptions options)
    {
        Enter();
        try
        {
            var session = (wide ? _wide ?? _narrow : _narrow ?? _wide)!;
            var clock = new RunClock();
            using var inputs = new OrtInputs(requests, padTo, _hostMemory?.Allocator);
            clock.InputIsReady();
            var wanted = requests[0].Outputs.Count > 0 ? requests[0].Outputs : _allOutputs;
            var values = Run(session, options, inputs, wanted);
            clock.RunIsOver();
            return clock.Finish(OrtOutputs.Read(wanted, values, inputs.Rows, inputs.TotalRows));
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>What other models' runs have left in pieces may be enough when it is put together.</summary>
    private static IDisposableReadOnlyCollection<OrtValue> Run(InferenceSession session, RunOptions options, OrtInputs inputs, IReadOnlyList<string> outputs)
    {
        try
        {
            return session.Run(options, inputs.Names, inputs.Values, outputs);
        }
        catch (OnnxRuntimeException exception) when (OrtErrors.IsMemory(exception))
        {
            RunMemory.Shrink();
            return session.Run(options, inputs.Names, inputs.Values, outputs);
        }
    }

    /// <summary>Gives its memory back until the next run; false where it is in use.</summary>
    public bool TryUnload()
    {
        // Whoever opens a session may be waiting for the budget that calls this.
        if (!Monitor.TryEnter(_openGate))
        {
            return false;
        }

        try
        {
            _isResident = false;
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _uses) != 1)
            {
                _isResident = true;
                return false;
            }

            CloseSessions();
            return true;
        }
        finally
        {
            Monitor.Exit(_openGate);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _source.Budget?.Remove(this);
        Exit();
        _drained.Wait();
        lock (_openGate)
        {
            CloseSessions();
        }

    }

    private void Enter()
    {
        // Counted first: whoever disposes or unloads then either sees this run or is seen by it.
        Interlocked.Increment(ref _uses);
        if (Volatile.Read(ref _disposed) != 0)
        {
            Exit();
            throw new ObjectDisposedException(nameof(OrtModel));
        }

        if (_source.Budget is not null)
        {
            Volatile.Write(ref _lastUse, Environment.TickCount64);
        }

        if (!_isResident)
        {
            Reopen();
        }
    }

    private void Exit()
    {
        if (Interlocked.Decrement(ref _uses) == 0)
        {
            _drained.Set();
        }
    }

    private void Reopen()
    {
        try
        {
            lock (_openGate)
            {
                if (!_isResident)
                {
                    _source.Budget?.MakeRoom(this);
                    OpenWanted();
                    _isResident = true;
                }
            }
        }
        catch
        {
            Exit();
            throw;
        }
    }

    private void OpenWanted()
    {
        if (_wantsWide && _wide is null)
        {
            _wide = _source.Open(false);
            _hostMemory = _source.OpenHostMemory?.Invoke(_wide);
        }

        if (_wantsNarrow)
        {
            _narrow ??= _source.Open(true);
        }
    }

    private void CloseSessions()
    {
        _hostMemory?.Dispose();
        _wide?.Dispose();
        _narrow?.Dispose();
        (_hostMemory, _wide, _narrow) = (null, null, null);
        RunMemory.Shrink();
    }
}

/// <summary>Where a model's sessions come from.</summary>
/// <param name="Open">A session; true for one whose runs stay on their own thread.</param>
/// <param name="Bytes">Of its files.</param>
/// <param name="Budget">Shared by all models of a device; null for no bound.</param>
internal sealed record OrtModelSource(Func<bool, InferenceSession> Open, long Bytes, bool IsCuda = false, SessionBudget? Budget = null)
{
    public bool PadsRows { get; init; } = IsCuda;

    /// <summary>Memory for inputs that belongs to a session of a device; null on the CPU.</summary>
    public Func<InferenceSession, CudaHostMemory?>? OpenHostMemory { get; init; }

}

/// <summary>An output does not have one part for each row of the batch: the model cannot serve several requests in one run.</summary>
internal sealed class RowsMixedException(string output) : Exception($"The output {output} is not split by rows.");
