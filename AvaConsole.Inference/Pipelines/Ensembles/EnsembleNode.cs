using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pipelines.Results;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>A step with what it is run by.</summary>
/// <param name="Input">Prepares what no other step gives; null where other steps give everything.</param>
/// <param name="Result">Null where only its tensors are used.</param>
/// <param name="Outputs">Those that its result or other steps read; empty for all.</param>
internal sealed record EnsembleNode(GraphStep Step, TensorModel Model, IInputStage? Input, IResultStage? Result, IReadOnlyList<string> Outputs);
