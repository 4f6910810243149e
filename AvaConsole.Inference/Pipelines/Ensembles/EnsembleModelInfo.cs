using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>What the graph must know of a model.</summary>
/// <param name="Pipeline">What it answers; null where only its tensors are used.</param>
internal sealed record EnsembleModelInfo(ModelSignature Signature, PipelineKind? Pipeline);
