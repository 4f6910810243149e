namespace AvaConsole.Inference.Packages;

/// <summary>Several models of one package as a graph.</summary>
/// <param name="Models"><c>models</c>, by name.</param>
/// <param name="Steps"><c>steps</c>, in the file's order; none reads what a later one gives.</param>
public sealed record EnsembleDescription(IReadOnlyDictionary<string, EnsembleModel> Models, IReadOnlyList<EnsembleStep> Steps);

/// <summary>One model of an ensemble.</summary>
/// <param name="File"><c>file</c> beside <c>service.yaml</c>, for example <c>detector.onnx</c>.</param>
/// <param name="Description">Its own pipeline, inputs, output and labels; no ensemble.</param>
public sealed record EnsembleModel(string File, ServiceDescription Description);

/// <summary>One run of a model.</summary>
public sealed record EnsembleStep
{
    /// <summary><c>name</c> by which later steps call it; null: the model's.</summary>
    public string? Name { get; init; }

    public required string Model { get; init; }

    /// <summary>
    /// <c>inputs</c>: the model's input to its source, <c>step.tensor</c>. Inputs that it leaves out come from the request, as the model's own
    /// description says.
    /// </summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary><c>crop</c>: an earlier detection step; this one runs once for each of its boxes, on that part of the picture.</summary>
    public string? Crop { get; init; }

    /// <summary><c>margin</c>: part of the box's width and height that is added on each side before it is cut out.</summary>
    public float? Margin { get; init; }

    /// <summary><c>classes</c>: labels of the boxes that are taken; empty for all.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary><c>max_crops</c> of one picture, the best first.</summary>
    public int? MaxCrops { get; init; }
}
