using AvaConsole.Inference.Hosting;

namespace AvaConsole.Inference.Tensors;

/// <summary>Named tensors for one run of a model.</summary>
/// <param name="Inputs">In any order; each name once.</param>
/// <param name="Outputs">Names of the wanted outputs, in the order of the answer; empty for all.</param>
public sealed record TensorRequest(IReadOnlyList<Tensor> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>Shortens the release's own timeout; null to keep that.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>A model's outputs. Their memory may be lent: it is given back by <see cref="Dispose"/>, after which no value may be read.</summary>
public sealed class TensorAnswer(IReadOnlyList<ModelValue> outputs, InferenceTiming timing, IDisposable? memory = null) : IDisposable
{
    // Others may share what it lies in: it is given back once.
    private IDisposable? _memory = memory;

    /// <summary>In the order that was asked for.</summary>
    public IReadOnlyList<ModelValue> Outputs => outputs;

    public InferenceTiming Timing => timing;

    public void Dispose() => Interlocked.Exchange(ref _memory, null)?.Dispose();
}
