using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Batching;

/// <summary>Computes requests together; what a batcher feeds.</summary>
internal interface IRowRunner
{
    /// <summary>The outputs of each request. Blocks; throws where the model fails or was stopped.</summary>
    /// <param name="requests">Several only where <see cref="RowShape.CanJoin"/> holds for all of them.</param>
    RunResult Run(IReadOnlyList<TensorRequest> requests, RunStop stop);
}
