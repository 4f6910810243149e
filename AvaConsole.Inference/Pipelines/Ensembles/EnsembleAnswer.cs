using System.Text.Json.Nodes;
using AvaConsole.Inference.Pipelines.Results;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>
/// Joins the answers of the steps. What was found for each box becomes a member of its detection, under the step's name; of several answers that
/// belong to the whole request each is a member under its step's name, a single one is the answer itself.
/// </summary>
internal static class EnsembleAnswer
{
    /// <param name="outcomes">One for each node.</param>
    public static StageAnswer Compose(IReadOnlyList<EnsembleNode> nodes, IReadOnlyList<StepOutcome> outcomes)
    {
        foreach (var node in nodes.Where(node => node is { Result: not null, Step.RowsOf: not null }))
        {
            Join(outcomes[node.Step.RowsOf!.Value], node.Step.Name, outcomes[node.Step.Index]);
        }

        var whole = nodes.Where(node => node is { Result: not null, Step.RowsOf: null }).ToList();
        if (whole is [var only])
        {
            return outcomes[only.Step.Index].Answers[0];
        }

        return new StageAnswer(new JsonObject(whole.Select(node =>
            KeyValuePair.Create<string, JsonNode?>(node.Step.Name, outcomes[node.Step.Index].Answers[0].Json))));
    }

    private static void Join(StepOutcome detections, string name, StepOutcome rows)
    {
        var found = detections.Answers[0].Json["detections"]!.AsArray();
        for (var row = 0; row < rows.Answers.Count; row++)
        {
            found[rows.RowOf![row]]!.AsObject()[name] = rows.Answers[row].Json;
        }
    }
}
