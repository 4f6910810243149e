using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Batching;

/// <summary>Computes requests together; what a batcher feeds.</summary>
internal interface IRowRunner
{
    /// <summary>A lone run is made in another way than the others, so that its time says nothing about theirs.</summary>
    bool DiffersWhenLone { get; }

    /// <summary>The outputs of each request. Blocks; throws where the model fails or was stopped.</summary>
    /// <param name="requests">Several only where <see cref="RowShape.CanJoin"/> holds for all of them.</param>
    /// <param name="isLone">No other request is in flight: it may have all cores.</param>
    RunResult Run(IReadOnlyList<TensorRequest> requests, bool isLone, RunStop stop);
}
