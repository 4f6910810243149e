namespace AvaConsole.Inference.Pipelines.Results.Detecting;

/// <summary>How a YOLO output lies in memory: [anchors, features] or [features, anchors], a feature being a box's number or a score.</summary>
/// <param name="FeaturesFirst">YOLOv8 and later export [N, 4+C, A], v5 and v7 [N, A, 5+C].</param>
/// <param name="Objectness">The first score says "anything at all"; a class's own is multiplied with it.</param>
internal readonly record struct YoloLayout(int Anchors, int Features, bool FeaturesFirst, bool Objectness)
{
    public const int BoxNumbers = 4;

    public int FirstClass => BoxNumbers + (Objectness ? 1 : 0);

    public int Classes => Features - FirstClass;

    /// <summary>
    /// Settles what the description leaves open: the side that fits the number of labels holds the features; without labels it is the shorter
    /// side, and objectness is where v5 has it.
    /// </summary>
    /// <param name="shape">Of one picture; leading dimensions of 1 do not count.</param>
    /// <param name="labels">0 for none.</param>
    /// <returns>Null where nothing fits.</returns>
    public static YoloLayout? Find(IReadOnlyList<long> shape, int labels, bool? objectness)
    {
        var skipped = 0;
        while (skipped < shape.Count - 2 && shape[skipped] == 1)
        {
            skipped++;
        }

        if (shape.Count - skipped != 2 || shape[skipped] is < 1 or > int.MaxValue || shape[skipped + 1] is < 1 or > int.MaxValue)
        {
            return null;
        }

        var (first, second) = ((int)shape[skipped], (int)shape[skipped + 1]);
        return labels > 0 ? ByLabels(first, second, labels, objectness) : ByLength(first, second, objectness);
    }

    private static YoloLayout? ByLabels(int first, int second, int labels, bool? objectness)
    {
        foreach (var featuresFirst in (ReadOnlySpan<bool>)[first <= second, first > second])
        {
            var (features, anchors) = featuresFirst ? (first, second) : (second, first);
            var beyond = features - BoxNumbers - labels;
            if (beyond is 0 or 1 && (objectness is null || objectness == (beyond == 1)))
            {
                return new YoloLayout(anchors, features, featuresFirst, beyond == 1);
            }
        }

        return null;
    }

    private static YoloLayout? ByLength(int first, int second, bool? objectness)
    {
        var featuresFirst = first <= second;
        var (features, anchors) = featuresFirst ? (first, second) : (second, first);
        var layout = new YoloLayout(anchors, features, featuresFirst, objectness ?? !featuresFirst);
        return layout.Classes >= 1 ? layout : null;
    }
}
