namespace AvaConsole.Inference.Packages;

/// <summary>
/// What <c>service.yaml</c> says, as a tree. A member that it leaves out is null (or empty) and is worked out from the model itself; the
/// release's <c>image_width</c> and <c>custom_values</c> go before it.
/// </summary>
public sealed record ServiceDescription : IServiceRules
{
    /// <summary><c>pipeline</c>: how requests become answers; null: classification where the model looks like one, else no pipeline.</summary>
    [ServiceMember("How requests become answers. Default: classification where the model looks like one.")]
    public PipelineKind? Pipeline { get; init; }

    /// <summary><c>input</c> (one) or <c>inputs</c> (several), in the file's order; empty: worked out from the model's signature.</summary>
    [ServiceMember("What the model takes, where that is more than one thing.", MaxItems = 64)]
    public IReadOnlyList<InputDescription> Inputs { get; init; } = [];

    /// <summary>
    /// <c>output</c>: of the record that belongs to <see cref="Pipeline"/> (<see cref="ClassificationOutput"/> where that is null); null for
    /// none.
    /// </summary>
    [ServiceMember("How the model's tensors become an answer; its members depend on the pipeline.")]
    public OutputDescription? Output { get; init; }

    /// <summary><c>labels</c>: file with the class names.</summary>
    [ServiceMember("File with the class names, in the package beside the model.", IsFile = true)]
    public string? Labels { get; init; }

    /// <summary><c>models</c> and <c>steps</c>, where <see cref="Pipeline"/> is <see cref="PipelineKind.Ensemble"/>.</summary>
    [ServiceMember("", IsInlined = true, IsOfRoot = true)]
    public EnsembleDescription? Ensemble { get; init; }

    IEnumerable<(string Member, string Code, object?[] Args)> IServiceRules.FindProblems()
    {
        if (Ensemble is not null && Pipeline != PipelineKind.Ensemble)
        {
            yield return ("models", "package.service_field_needs", ["pipeline: ensemble"]);
        }

        if (Pipeline == PipelineKind.Ensemble && (Ensemble is null || Ensemble.Models.Count == 0 || Ensemble.Steps.Count == 0))
        {
            yield return ("pipeline", "package.service_field_needs", [Ensemble is { Models.Count: > 0 } ? "steps" : "models"]);
        }
    }
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
