using System.Text.Json.Nodes;
using AvaConsole.Core.Releases;

namespace AvaConsole.Web.Features.Releases.Service;

/// <summary>What a test case would expect, so that an answer like this one passes.</summary>
/// <param name="Label">For <see cref="ExpectationKind.Label"/>.</param>
/// <param name="Expected">For the other kinds.</param>
public sealed record AnswerExpectation(ExpectationKind Kind, string Label, string Expected)
{
    /// <summary>The best class of a classification, the boxes of a detection, and of any other answer all of it.</summary>
    public static AnswerExpectation Of(JsonObject result) => result switch
    {
        _ when result["confidences"] is JsonArray { Count: > 0 } scores => new(ExpectationKind.Label, scores[0]?["class"]?.ToString() ?? "", ""),
        _ when result["detections"] is JsonArray { Count: > 0 } found && found.All(one => one?["pts"] is JsonArray { Count: > 0 }) =>
            new(ExpectationKind.Boxes, "", new JsonArray([.. found.Select(Box)]).ToJsonString()),
        _ => new(ExpectationKind.Values, "", result.ToJsonString()),
    };

    // Corners, of which the upright rectangle round them counts.
    private static JsonObject Box(JsonNode? detection)
    {
        var points = detection!["pts"]!.AsArray().Select(point => (X: (double)point![0]!, Y: (double)point[1]!)).ToList();
        return new JsonObject
        {
            ["class"] = detection["class"]?.ToString() ?? "",
            ["box"] = new JsonArray(points.Min(point => point.X), points.Min(point => point.Y), points.Max(point => point.X), points.Max(point => point.Y)),
        };
    }
}
