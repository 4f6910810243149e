using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>How scores become classes.</summary>
/// <param name="Output">The output with the scores.</param>
/// <param name="TopK">Confidences where the request does not say.</param>
/// <param name="Threshold">Confidences below it are left out, 0 to 1. Of labels that do not exclude each other this names the ones that hold.</param>
internal sealed record ClassificationOptions(string Output, ClassNames Names, Activation Activation, int TopK, float Threshold)
{
    /// <summary>Scores that the model gave when it was tried; 0 where it was not.</summary>
    public int Classes { get; init; }
}

/// <summary>
/// <c>{"confidences": [{"index", "class", "score"}]}</c>, best first: AVA's shape of <c>pulp</c>, <c>terror-classify</c>, <c>facex-age</c>,
/// <c>facex-gender</c>, <c>object-classify</c>. Parameters: <c>top_k</c>, AVA's <c>limit</c> (0 = all), <c>threshold</c> (0 to 1).
/// </summary>
internal sealed class ClassificationStage(ClassificationOptions options) : IResultStage
{
    public IReadOnlyList<string> Outputs { get; } = [options.Output];

    public ClassificationOptions Options => options;

    public Result<StageAnswer> Interpret(IReadOnlyList<ModelValue> outputs, PreparedInput input, JsonElement parameters)
    {
        var read = new ResultParameters(parameters);
        var threshold = read.Number("threshold", options.Threshold, 0, 1);
        var items = read.Items(options.TopK, int.MaxValue);
        if (read.Error is { } wrong)
        {
            return wrong;
        }

        return ClassScores.Read(outputs[0]) is { } scores
            ? new StageAnswer(new JsonObject { ["confidences"] = Rank(scores, items, threshold) })
            : new UnavailableError("serving.model_failed");
    }

    private JsonArray Rank(ClassScores scores, int items, float threshold)
    {
        var values = scores.Values;
        Activations.Apply(options.Activation, values);
        var indexes = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort(indexes, (first, second) => values[second].CompareTo(values[first]) is var order and not 0 ? order : first.CompareTo(second));
        var confidences = new JsonArray();
        foreach (var index in indexes.AsSpan(0, Math.Min(items, indexes.Length)))
        {
            if (threshold > 0 && values[index] < threshold)
            {
                break;
            }

            confidences.Add(options.Names.ToJson(index, values[index], options.Names.Names.Count > 0 ? null : scores.Keys?[index]));
        }

        return confidences;
    }
}
