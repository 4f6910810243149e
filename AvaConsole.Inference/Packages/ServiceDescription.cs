namespace AvaConsole.Inference.Packages;

/// <summary>
/// What <c>service.yaml</c> says, as a tree. A member that it leaves out is null (or empty) and is worked out from the model itself; the
/// release's <c>image_width</c> and <c>custom_values</c> go before it.
/// </summary>
public sealed record ServiceDescription
{
    /// <summary><c>pipeline</c>: how requests become answers; null: classification where the model looks like one, else no pipeline.</summary>
    public PipelineKind? Pipeline { get; init; }

    /// <summary><c>input</c> (one) or <c>inputs</c> (several), in the file's order; empty: worked out from the model's signature.</summary>
    public IReadOnlyList<InputDescription> Inputs { get; init; } = [];

    /// <summary>
    /// <c>output</c>: of the record that belongs to <see cref="Pipeline"/> (<see cref="ClassificationOutput"/> where that is null); null for
    /// none.
    /// </summary>
    public OutputDescription? Output { get; init; }

    /// <summary><c>labels</c>: file with the class names.</summary>
    public string? Labels { get; init; }

    /// <summary><c>models</c> and <c>steps</c>, where <see cref="Pipeline"/> is <see cref="PipelineKind.Ensemble"/>.</summary>
    public EnsembleDescription? Ensemble { get; init; }
}

/// <summary>How requests become answers. Written in lower case.</summary>
public enum PipelineKind
{
    Classification,
    Detection,
    Segmentation,
    Embedding,
    Regression,

    /// <summary>Tensors as JSON.</summary>
    Raw,

    /// <summary>Several models as a graph.</summary>
    Ensemble,
}
