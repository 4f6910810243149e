using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results.Detecting;

/// <summary>How boxes become detections.</summary>
/// <param name="ScoreThreshold">0 to 1.</param>
/// <param name="NmsIou">0 to 1; 1 for no suppression.</param>
/// <param name="MaxDetections">Of one picture; a request may ask for fewer.</param>
internal sealed record DetectionOptions(
    IDetectionHead Head, ClassNames Names, BoxUnits Units, float ScoreThreshold, float NmsIou, int MaxDetections);

/// <summary>
/// <c>{"detections": [{"index", "class", "score", "pts": [[x, y] × 4]}]}</c>, best first: AVA's shape of <c>pulp-detect</c>, <c>terror-detect</c>,
/// <c>facex-detect</c> and <c>detection</c>. The corners are whole pixels of the original picture, clockwise from the upper left. Parameters:
/// <c>threshold</c> and <c>iou</c> (0 to 1), <c>top_k</c> and AVA's <c>limit</c>.
/// </summary>
internal sealed class DetectionStage(DetectionOptions options) : IResultStage
{
    public IReadOnlyList<string> Outputs => options.Head.Outputs;

    public DetectionOptions Options => options;

    public Result<StageAnswer> Interpret(IReadOnlyList<ModelValue> outputs, PreparedInput input, JsonElement parameters)
    {
        var found = Find(outputs, input.Geometry, parameters);
        return found.IsSuccess ? new StageAnswer(ToJson(found.Value.Select(ToJson))) : found.Error;
    }

    /// <summary>What <see cref="Interpret"/> answers, as boxes of the original picture (of the model's input where there is no picture).</summary>
    public Result<IReadOnlyList<Detection>> Find(IReadOnlyList<ModelValue> outputs, PictureGeometry? geometry, JsonElement parameters)
    {
        var read = new ResultParameters(parameters);
        var threshold = read.Number("threshold", options.ScoreThreshold, 0, 1);
        var iou = read.Number("iou", options.NmsIou, 0, 1);
        var limit = read.Items(options.MaxDetections, options.MaxDetections);
        if (read.Error is { } wrong)
        {
            return wrong;
        }

        if (options.Head.Read(outputs, threshold) is not { } candidates)
        {
            return new UnavailableError("serving.model_failed");
        }

        var kept = NonMaxSuppression.Apply(candidates, iou, limit);
        return geometry is null
            ? kept
            : kept.ConvertAll(one => one with { Box = ToOriginal(one.Box, geometry) }).FindAll(one => one.Box.HasArea);
    }

    public JsonObject ToJson(Detection detection)
    {
        var json = options.Names.ToJson(detection.Class, detection.Score);
        json["pts"] = Corners(detection.Box);
        return json;
    }

    public static JsonObject ToJson(IEnumerable<JsonObject> detections) => new() { ["detections"] = new JsonArray([.. detections]) };

    /// <summary>Clockwise from the upper left. Whole numbers: AVA's callers read nothing else.</summary>
    public static JsonArray Corners(Box box)
    {
        var (left, top, right, bottom) = (Whole(box.Left), Whole(box.Top), Whole(box.Right), Whole(box.Bottom));
        return [Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)];
    }

    private Box ToOriginal(Box box, PictureGeometry geometry)
    {
        var (width, height) = options.Units == BoxUnits.Relative ? (geometry.TargetWidth, geometry.TargetHeight) : (1, 1);
        var (left, top) = geometry.ToOriginal(box.Left * width, box.Top * height);
        var (right, bottom) = geometry.ToOriginal(box.Right * width, box.Bottom * height);
        return new Box((float)left, (float)top, (float)right, (float)bottom).ClipTo(geometry.OriginalWidth, geometry.OriginalHeight);
    }

    private static int Whole(float value) => (int)Math.Clamp(MathF.Round(value), int.MinValue / 2, int.MaxValue / 2);

    private static JsonArray Point(int x, int y) => [x, y];
}
