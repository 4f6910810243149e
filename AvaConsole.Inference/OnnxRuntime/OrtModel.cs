using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>
/// A loaded model. Runs from any number of threads. Ending the native session while a run is in flight would end the process, so
/// that disposing waits for the runs and lets no new one in.
/// </summary>
internal sealed class OrtModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ManualResetEventSlim _drained = new();
    private readonly string[] _allOutputs;

    // The owner's own, and one for each run.
    private int _uses = 1;
    private int _disposed;

    /// <exception cref="UnsupportedPortException">It takes or gives a type that nothing can carry; the session is disposed.</exception>
    public OrtModel(InferenceSession session)
    {
        _session = session;
        try
        {
            Signature = OrtTypes.Signature(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        _allOutputs = [.. Signature.Outputs.Select(port => port.Name)];
    }

    public ModelSignature Signature { get; }

    /// <summary>Runs requests together, each with as many rows as its tensors have, and gives each its outputs.</summary>
    /// <param name="requests">Several only where their tensors differ in nothing but values and the first dimension, and in the same order.</param>
    /// <param name="options">Its <c>Terminate</c> ends the run early.</param>
    /// <exception cref="OnnxRuntimeException">The model failed, or was terminated.</exception>
    /// <exception cref="RowsMixedException">There are several requests and an output does not have one part for each row.</exception>
    public RunResult Run(IReadOnlyList<TensorRequest> requests, RunOptions options)
    {
        Enter();
        try
        {
            var clock = new RunClock();
            using var inputs = new OrtInputs(requests);
            clock.InputIsReady();
            var wanted = requests[0].Outputs.Count > 0 ? requests[0].Outputs : _allOutputs;
            var values = _session.Run(options, inputs.Names, inputs.Values, wanted);
            clock.RunIsOver();
            return clock.Finish(OrtOutputs.Read(wanted, values, inputs.Rows));
        }
        finally
        {
            Exit();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Exit();
        _drained.Wait();
        _session.Dispose();
        _drained.Dispose();
    }

    private void Enter()
    {
        // Counted first: whoever disposes then either sees this run or is seen by it.
        Interlocked.Increment(ref _uses);
        if (Volatile.Read(ref _disposed) != 0)
        {
            Exit();
            throw new ObjectDisposedException(nameof(OrtModel));
        }
    }

    private void Exit()
    {
        if (Interlocked.Decrement(ref _uses) == 0)
        {
            _drained.Set();
        }
    }
}

/// <summary>An output does not have one part for each row of the batch: the model cannot serve several requests in one run.</summary>
internal sealed class RowsMixedException(string output) : Exception($"The output {output} is not split by rows.");
