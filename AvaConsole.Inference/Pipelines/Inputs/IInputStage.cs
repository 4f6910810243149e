using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>The first half of a pipeline: a request's payload to the model's inputs. Used by any number of threads.</summary>
internal interface IInputStage
{
    /// <summary>The payload entries that it reads, each once.</summary>
    IReadOnlyList<string> Entries { get; }

    /// <returns>The tensors, with a first dimension of rows where the model has one; else an <see cref="InvalidError"/> that names the payload entry.</returns>
    Result<PreparedInput> Prepare(InferenceRequest request);

    /// <summary>Made-up inputs of one row, of the types and shapes that <see cref="Prepare"/> gives: to try a model and to warm it.</summary>
    /// <param name="seed">Others give other values.</param>
    IReadOnlyList<Tensor> MakeSample(int seed);
}
