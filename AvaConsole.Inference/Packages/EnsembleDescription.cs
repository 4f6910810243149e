namespace AvaConsole.Inference.Packages;

/// <summary>Several models of one package as a graph.</summary>
public sealed record EnsembleDescription
{
    /// <summary><c>models</c>, by name.</summary>
    [ServiceMember("The models, by names of your own.")]
    public IReadOnlyDictionary<string, EnsembleModel> Models { get; init; } = new Dictionary<string, EnsembleModel>();

    /// <summary><c>steps</c>, in the file's order; none reads what a later one gives.</summary>
    [ServiceMember("Runs of the models, in order.", MaxItems = 32)]
    public IReadOnlyList<EnsembleStep> Steps { get; init; } = [];
}

/// <summary>One model of an ensemble.</summary>
public sealed record EnsembleModel
{
    /// <summary><c>file</c> beside <c>service.yaml</c>, for example <c>detector.onnx</c>.</summary>
    [ServiceMember("The model's file, beside service.yaml.", IsFile = true)]
    public required string File { get; init; }

    /// <summary>Its own pipeline, inputs, output and labels; no ensemble.</summary>
    [ServiceMember("", IsInlined = true)]
    public ServiceDescription Description { get; init; } = new();
}

/// <summary>One run of a model.</summary>
public sealed record EnsembleStep
{
    /// <summary><c>name</c> by which later steps call it; null: the model's.</summary>
    [ServiceMember("By which later steps call it. Default: the model's name.")]
    public string? Name { get; init; }

    [ServiceMember("Name of a model.")]
    public required string Model { get; init; }

    /// <summary>
    /// <c>inputs</c>: the model's input to its source, <c>step.tensor</c>. Inputs that it leaves out come from the request, as the model's own
    /// description says.
    /// </summary>
    [ServiceMember("Inputs of the model that come from an earlier step: input: step.tensor. Others come from the request.", MaxItems = 64)]
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary><c>crop</c>: an earlier detection step; this one runs once for each of its boxes, on that part of the picture.</summary>
    [ServiceMember("Name of an earlier detection: the step runs once for each of its boxes, on that part of the picture.")]
    public string? Crop { get; init; }

    /// <summary><c>margin</c>: part of the box's width and height that is added on each side before it is cut out.</summary>
    [ServiceMember("Part of the box's width and height that is added on each side before it is cut out. Default: 0.", Minimum = 0, Maximum = 10)]
    public float? Margin { get; init; }

    /// <summary><c>classes</c>: labels of the boxes that are taken; empty for all.</summary>
    [ServiceMember("Labels of the boxes that are taken. Default: all.")]
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary><c>max_crops</c> of one picture, the best first.</summary>
    [ServiceMember("Boxes of one picture that are taken, the best first. Default: 16.", Minimum = 1, Maximum = 1000)]
    public int? MaxCrops { get; init; }
}
