using System.Globalization;
using System.Text.Json.Nodes;

namespace AvaConsole.Web.Features.Apps;

/// <summary>One of an answer's <c>detections</c>, as it is drawn and listed.</summary>
/// <param name="Points">For SVG, in pixels of the picture: <c>1,2 5,2 5,9 1,9</c>.</param>
/// <param name="Color">CSS colour; the answer's own where it has one.</param>
public sealed record ShownDetection(int Number, string Label, double? Score, string Points, double X, double Y, string Size, string Color)
{
    // Apart from each other for most people who see fewer colours, and on light and dark pictures.
    private static readonly string[] s_palette = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#ffffff"];

    /// <summary>Those that have a place; AVA's shape: <c>{"class", "score", "pts": [[x, y], …]}</c>.</summary>
    public static IReadOnlyList<ShownDetection> Read(JsonObject result)
    {
        var shown = new List<ShownDetection>();
        foreach (var detection in (result["detections"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            if (Corners(detection) is { Count: >= 3 } points)
            {
                shown.Add(From(detection, points, shown.Count + 1));
            }
        }

        return shown;
    }

    private static ShownDetection From(JsonObject detection, List<(double X, double Y)> points, int number)
    {
        var (left, top, right, bottom) = (points.Min(point => point.X), points.Min(point => point.Y), points.Max(point => point.X), points.Max(point => point.Y));
        return new ShownDetection(
            number,
            detection["class"]?.ToString() ?? detection["index"]?.ToString() ?? "",
            Read(detection["score"]),
            string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X},{point.Y}"))),
            left,
            top,
            string.Create(CultureInfo.InvariantCulture, $"{left:0.#}, {top:0.#} – {right:0.#}, {bottom:0.#}"),
            ColorOf(detection));
    }

    private static List<(double X, double Y)>? Corners(JsonObject detection)
    {
        var points = new List<(double, double)>();
        foreach (var point in (detection["pts"] as JsonArray)?.Select(node => node as JsonArray) ?? [])
        {
            if (point is not { Count: 2 } || Read(point[0]) is not { } x || Read(point[1]) is not { } y)
            {
                return null;
            }

            points.Add((x, y));
        }

        return points;
    }

    private static string ColorOf(JsonObject detection)
    {
        if (detection["color"] is JsonArray { Count: 3 } own && own.Select(Read).ToList() is [{ } red, { } green, { } blue])
        {
            return string.Create(CultureInfo.InvariantCulture, $"rgb({red:0} {green:0} {blue:0})");
        }

        return s_palette[(int)Math.Abs((Read(detection["index"]) ?? 0) % s_palette.Length)];
    }

    private static double? Read(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) && double.IsFinite(number) ? number : null;
}
