using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results.Detecting;

/// <summary>Knows where one family of detectors puts its boxes, scores and classes.</summary>
internal interface IDetectionHead
{
    /// <summary>Names of the outputs that it reads.</summary>
    IReadOnlyList<string> Outputs { get; }

    /// <summary>The boxes of one picture whose score is at least <paramref name="threshold"/>, in the output's order and in the model's own units.</summary>
    /// <param name="outputs">In the order of <see cref="Outputs"/>.</param>
    /// <returns>Null where the outputs do not have the head's shapes. Boxes without an area and scores that are no numbers are left out.</returns>
    List<Detection>? Read(IReadOnlyList<ModelValue> outputs, float threshold);
}
