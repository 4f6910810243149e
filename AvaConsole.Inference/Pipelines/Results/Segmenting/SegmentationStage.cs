using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pipelines.Results.Detecting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results.Segmenting;

/// <summary>How a map of numbers becomes a mask.</summary>
/// <param name="Threshold">0 to 1, for <see cref="SegmentationMode.Threshold"/>.</param>
internal sealed record SegmentationOptions(
    string Output, ClassNames Names, SegmentationMode Mode, Activation Activation, float Threshold, MaskForm Form);

/// <summary>
/// <c>{"mask": "data:image/png;base64,…", "detections": [{"index", "class", "score", "pts", "color", "area"}]}</c>: AVA's shape of <c>segment</c>, with
/// the class's number of pixels added. The mask has the size of the original picture; its pixels are the numbers of a palette: the class, 255 for none.
/// As runs (<c>form: rle</c>): <c>size</c> is [width, height], and each of the detections has <c>runs</c>, start and length in turn, row by row from 0.
/// Parameters: <c>threshold</c> (0 to 1), <c>form</c> (<c>png</c>, <c>rle</c> or <c>both</c>).
/// </summary>
internal sealed class SegmentationStage(SegmentationOptions options) : IResultStage
{
    private const string Both = "both";
    private static readonly (byte R, byte G, byte B)[] s_palette = [.. Enumerable.Range(0, 256).Select(Color)];

    public IReadOnlyList<string> Outputs { get; } = [options.Output];

    public SegmentationOptions Options => options;

    public Result<StageAnswer> Interpret(IReadOnlyList<ModelValue> outputs, PreparedInput input, JsonElement parameters)
    {
        var read = new ResultParameters(parameters);
        var threshold = read.Number("threshold", options.Threshold, 0, 1);
        var form = read.Choice("form", options.Form == MaskForm.Rle ? "rle" : "png", "png", "rle", Both);
        if (read.Error is { } wrong)
        {
            return wrong;
        }

        if (LabelMap.Read(outputs[0], options.Names.Names.Count, options.Mode, options.Activation, threshold) is not { } map)
        {
            return new UnavailableError("serving.model_failed");
        }

        var whole = input.Geometry is { } geometry ? map.ToOriginal(geometry) : map;
        return new StageAnswer(ToJson(whole, withPicture: form != "rle", withRuns: form != "png"));
    }

    private JsonObject ToJson(LabelMap map, bool withPicture, bool withRuns)
    {
        var json = new JsonObject();
        if (withPicture)
        {
            var png = IndexedPng.Write(map.Width, map.Height, map.Pixels, s_palette, LabelMap.None);
            json["mask"] = "data:image/png;base64," + Convert.ToBase64String(png);
        }

        if (withRuns)
        {
            json["size"] = new JsonArray(map.Width, map.Height);
        }

        json["detections"] = new JsonArray([.. ClassRegion.Find(map).Where(region => !IsBackground(region)).Select(region => ToJson(map, region, withRuns))]);
        return json;
    }

    private JsonObject ToJson(LabelMap map, ClassRegion region, bool withRuns)
    {
        var json = options.Names.ToJson(region.Class, region.Class < map.Scores.Count ? map.Scores[region.Class] : 1);
        json["pts"] = DetectionStage.Corners(new Box(region.Left, region.Top, region.Right, region.Bottom));
        var (red, green, blue) = s_palette[region.Class];
        json["color"] = new JsonArray((int)red, (int)green, (int)blue);
        json["area"] = region.Area;
        if (withRuns)
        {
            json["runs"] = new JsonArray([.. region.Runs(map).Select(number => (JsonNode)number)]);
        }

        return json;
    }

    // "background" of most tools, "__background__" and "_background_" of some.
    private bool IsBackground(ClassRegion region) =>
        region.Class == 0 && options.Names[0].Trim('_').Equals("background", StringComparison.OrdinalIgnoreCase);

    // The bits of the number, spread over the three colours from the highest down: neighbours differ much, and 0 is black.
    private static (byte R, byte G, byte B) Color(int number)
    {
        var (red, green, blue) = (0, 0, 0);
        for (var bit = 7; bit >= 0; bit--, number >>= 3)
        {
            red |= (number & 1) << bit;
            green |= ((number >> 1) & 1) << bit;
            blue |= ((number >> 2) & 1) << bit;
        }

        return ((byte)red, (byte)green, (byte)blue);
    }
}
