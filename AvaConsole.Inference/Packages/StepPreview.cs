using AvaConsole.Inference.Pipelines.Inputs;

namespace AvaConsole.Inference.Packages;

/// <summary>What a request becomes for one model.</summary>
/// <param name="Step">Name of an ensemble's step; empty where there is one model.</param>
/// <param name="Tensors">Empty where there is a <paramref name="Gap"/>.</param>
public sealed record StepPreview(string Step, StepGap Gap, IReadOnlyList<TensorPreview> Tensors);

/// <summary>Why a step's tensors cannot be shown without running the steps before it.</summary>
public enum StepGap
{
    None,

    /// <summary>It takes the parts of the picture that an earlier step finds.</summary>
    Crops,

    /// <summary>All that it takes comes from earlier steps.</summary>
    EarlierSteps,
}
