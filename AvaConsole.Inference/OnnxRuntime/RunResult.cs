using System.Diagnostics;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>What one run gave, and where its time went.</summary>
/// <param name="Requests">The outputs of each request, in their order.</param>
internal sealed record RunResult(IReadOnlyList<RequestOutputs> Requests, RunTimes Times);

/// <summary>Of one request.</summary>
/// <param name="Memory">What the values lie in; dispose when they have been read.</param>
internal sealed record RequestOutputs(IReadOnlyList<ModelValue> Values, IDisposable? Memory = null);

/// <summary>Stopwatch ticks of one run: bringing the inputs together, the model, reading the outputs.</summary>
internal readonly record struct RunTimes(long Input, long Infer, long Output)
{
    public TimeSpan Run => Stopwatch.GetElapsedTime(0, Infer);
}

/// <summary>Takes the times of one run.</summary>
internal struct RunClock()
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _ready;
    private long _over;

    public void InputIsReady() => _ready = Stopwatch.GetTimestamp();

    public void RunIsOver() => _over = Stopwatch.GetTimestamp();

    public readonly RunResult Finish(IReadOnlyList<RequestOutputs> outputs) =>
        new(outputs, new RunTimes(_ready - _started, _over - _ready, Stopwatch.GetTimestamp() - _over));
}
