using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Makes the tensors of one member of <c>inputs</c>. Used by any number of threads.</summary>
internal interface IInputPart
{
    /// <summary>A payload entry that it is found under, whatever else a request holds.</summary>
    string Entry { get; }

    /// <returns>Null where it went well; else the <see cref="InvalidError"/> that names the payload entry.</returns>
    Error? Prepare(InferenceRequest request, InputBuilder builder);

    /// <summary>See <see cref="IInputStage.MakeSample"/>.</summary>
    void MakeSample(int seed, InputBuilder builder);
}
