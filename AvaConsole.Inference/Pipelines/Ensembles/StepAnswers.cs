using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Pipelines.Results.Detecting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>
/// Interprets a step's outputs, row by row. A step reads its parameters from the object under its name; one that answers for the whole request reads the
/// request's own where there is no such object.
/// </summary>
internal sealed class StepAnswers(EnsembleNode node, JsonElement parameters)
{
    private readonly bool _hasOwn = parameters.ValueKind == JsonValueKind.Object
        && parameters.TryGetProperty(node.Step.Name, out var own) && own.ValueKind == JsonValueKind.Object;

    private JsonElement Parameters => _hasOwn ? parameters.GetProperty(node.Step.Name) : node.Step.RowsOf is null ? parameters : default;

    /// <returns>The same with its answers.</returns>
    public Result<StepOutcome> Add(StepOutcome outcome)
    {
        if (node.Result is null)
        {
            return outcome;
        }

        if (node.Result is DetectionStage detection && outcome.RowOf is null)
        {
            return Find(detection, outcome);
        }

        var answers = new StageAnswer[outcome.Rows];
        for (var row = 0; row < answers.Length; row++)
        {
            var geometry = row < outcome.Geometries.Count ? outcome.Geometries[row] : outcome.Geometry;
            var answer = Read(outcome, row) is { } values
                ? node.Result.Interpret(values, new PreparedInput([], geometry), Parameters)
                : new UnavailableError("serving.model_failed");
            if (!answer.IsSuccess)
            {
                return Named(answer.Error);
            }

            answers[row] = answer.Value;
        }

        return outcome with { Answers = answers };
    }

    private Result<StepOutcome> Find(DetectionStage detection, StepOutcome outcome)
    {
        var found = Read(outcome, 0) is { } values
            ? detection.Find(values, outcome.Geometry, Parameters)
            : new UnavailableError("serving.model_failed");
        return found.IsSuccess
            ? outcome with
            {
                Found = found.Value,
                Names = detection.Options.Names,
                Answers = [new StageAnswer(DetectionStage.ToJson(found.Value.Select(detection.ToJson)))],
            }
            : Named(found.Error);
    }

    /// <summary>What the result reads, in its order; other steps may read more.</summary>
    private IReadOnlyList<ModelValue>? Read(StepOutcome outcome, int row)
    {
        var values = outcome.Row(row);
        if (values is null || node.Result!.Outputs.Count == 0)
        {
            return values;
        }

        var read = node.Result.Outputs.Select(name => values.FirstOrDefault(value => value.Name == name)).OfType<ModelValue>().ToList();
        return read.Count == node.Result.Outputs.Count ? read : null;
    }

    // $.parameters.top_k of the step "breed" is $.parameters.breed.top_k to the caller.
    private Error Named(Error error) => _hasOwn && error is InvalidError invalid
        ? new InvalidError([.. invalid.Problems.Select(problem => problem with
        {
            Field = problem.Field.Replace("$.parameters.", $"$.parameters.{node.Step.Name}.", StringComparison.Ordinal),
        })])
        : error;
}
