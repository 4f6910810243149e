using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Releases;

/// <summary>The expectations of test cases: what may be written, and how it is compared. The forms are those of <see cref="ExpectationKind"/>.</summary>
internal static class TestExpectations
{
    public const double UsualTolerance = 1e-4;
    public const double UsualIou = 0.5;
    private const int MaxLength = 64 << 10;

    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static IEnumerable<Problem> Check(TestCaseRequest request)
    {
        if (request.Kind == ExpectationKind.Label)
        {
            yield break;
        }

        if (request.Expected.Length is 0 or > MaxLength)
        {
            yield return new Problem(nameof(request.Expected), request.Expected.Length == 0 ? "test_case.expected_required" : "text.too_long", MaxLength);
        }
        else if (request.Kind == ExpectationKind.Values && Parse(request.Expected) is not JsonObject { Count: > 0 })
        {
            yield return new Problem(nameof(request.Expected), "test_case.expected_not_object");
        }
        else if (request.Kind == ExpectationKind.Boxes && ReadBoxes(request.Expected) is null)
        {
            yield return new Problem(nameof(request.Expected), "test_case.expected_not_boxes");
        }

        if (request.Kind == ExpectationKind.Values && request.Tolerance is < 0 or double.NaN or double.PositiveInfinity)
        {
            yield return new Problem(nameof(request.Tolerance), "test_case.tolerance_range");
        }
        else if (request.Kind == ExpectationKind.Boxes && request.Tolerance is <= 0 or > 1 or double.NaN)
        {
            yield return new Problem(nameof(request.Tolerance), "test_case.iou_range");
        }
    }

    /// <summary>The first place where the answer is not as expected; null where there is none.</summary>
    public static (string Path, string Expected, string Actual)? FindDifference(JsonNode? expected, JsonNode? actual, double tolerance, string path = "$") => (expected, actual) switch
    {
        (JsonObject wanted, JsonObject given) => First(wanted.Select(member => FindDifference(member.Value, given[member.Key], tolerance, $"{path}.{member.Key}"))),
        (JsonArray wanted, JsonArray given) when wanted.Count == given.Count => First(wanted.Select((item, index) => FindDifference(item, given[index], tolerance, $"{path}[{index}]"))),
        (JsonValue wanted, JsonValue given) when IsNumber(wanted) && IsNumber(given) && IsNear(wanted, given, tolerance) => null,
        _ when JsonNode.DeepEquals(expected, actual) => null,
        _ => (path, Show(expected), Show(actual)),
    };

    /// <summary>The first expected box that no detection of its own fits, and the best one of its class; null where all are found.</summary>
    /// <param name="leastIou">Area of the intersection over that of the union.</param>
    public static (string Expected, string Actual)? FindMissing(string expected, JsonObject result, double leastIou)
    {
        var left = (result["detections"] as JsonArray ?? []).Select(ReadDetection).OfType<Box>().ToList();
        foreach (var wanted in ReadBoxes(expected) ?? [])
        {
            var best = left.Where(box => box.Class == wanted.Class).MaxBy(wanted.Iou);
            if (best is null || wanted.Iou(best) < leastIou)
            {
                return (wanted.ToString(), best is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{best}, IoU {wanted.Iou(best):0.###}"));
            }

            left.Remove(best);
        }

        return null;
    }

    public static IEnumerable<string> TextsIn(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => TextsIn(member.Value)),
        JsonArray items => items.SelectMany(TextsIn),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    private static (string Path, string Expected, string Actual)? First(IEnumerable<(string Path, string Expected, string Actual)?> differences) =>
        differences.FirstOrDefault(difference => difference is not null);

    // Long ids lose digits as double: what is written alike is equal, however large.
    private static bool IsNear(JsonValue wanted, JsonValue given, double tolerance)
    {
        var (first, second) = (NumberOf(wanted), NumberOf(given));
        return wanted.ToJsonString() == given.ToJsonString()
            || (tolerance > 0 || Math.Abs(first) < 1L << 53) && Math.Abs(first - second) <= tolerance * Math.Max(1, Math.Abs(first));
    }

    private static bool IsNumber(JsonValue value) => value.GetValueKind() == JsonValueKind.Number;

    private static double NumberOf(JsonValue value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static string Show(JsonNode? node) => node?.ToJsonString() ?? "null";

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, null, s_strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<Box>? ReadBoxes(string text)
    {
        var boxes = (Parse(text) as JsonArray)?.Select(ReadBox).ToList();
        return boxes is { Count: > 0 } && boxes.TrueForAll(box => box is not null) ? [.. boxes.OfType<Box>()] : null;
    }

    private static Box? ReadBox(JsonNode? node)
    {
        if (node is not JsonObject { Count: 2 } members || members["class"]?.GetValueKind() != JsonValueKind.String)
        {
            return null;
        }

        return Numbers(members["box"]) is [var left, var top, var right, var bottom] && right > left && bottom > top
            ? new Box(members["class"]!.GetValue<string>(), left, top, right, bottom)
            : null;
    }

    // AVA's shape: corners, of which only the upright rectangle round them counts.
    private static Box? ReadDetection(JsonNode? node)
    {
        var points = (node?["pts"] as JsonArray)?.Select(Numbers).ToList();
        return points is { Count: > 0 } && points.TrueForAll(point => point is { Length: 2 })
            ? new Box(node!["class"]?.ToString() ?? "", points.Min(point => point![0]), points.Min(point => point![1]), points.Max(point => point![0]), points.Max(point => point![1]))
            : null;
    }

    private static double[]? Numbers(JsonNode? node) => node is JsonArray items && items.All(item => item is JsonValue value && IsNumber(value))
        ? [.. items.Select(item => NumberOf((JsonValue)item!))]
        : null;

    private sealed record Box(string Class, double Left, double Top, double Right, double Bottom)
    {
        public double Iou(Box other)
        {
            var shared = Math.Max(0, Math.Min(Right, other.Right) - Math.Max(Left, other.Left)) * Math.Max(0, Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top));
            var all = Area + other.Area - shared;
            return all > 0 ? shared / all : 0;
        }

        private double Area => (Right - Left) * (Bottom - Top);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class} [{Left:0.#}, {Top:0.#}, {Right:0.#}, {Bottom:0.#}]");
    }
}
