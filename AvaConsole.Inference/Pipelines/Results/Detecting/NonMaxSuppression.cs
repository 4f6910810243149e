namespace AvaConsole.Inference.Pipelines.Results.Detecting;

/// <summary>Keeps the best of boxes that show the same thing.</summary>
internal static class NonMaxSuppression
{
    /// <summary>Candidates looked at, best first. A threshold of zero on a large head gives a million, of which nobody wants the tail.</summary>
    public const int MaxCandidates = 30_000;

    /// <summary>
    /// Greedy and per class: best score first, equal scores in their given order; a box is dropped where its IoU with a kept box of its class is
    /// above <paramref name="iou"/>.
    /// </summary>
    /// <param name="iou">0 to 1; 1 drops nothing.</param>
    /// <param name="limit">Boxes kept at most, over all classes.</param>
    /// <returns>Best first.</returns>
    public static List<Detection> Apply(IReadOnlyList<Detection> candidates, float iou, int limit)
    {
        var order = new int[candidates.Count];
        var scores = new float[candidates.Count];
        for (var index = 0; index < order.Length; index++)
        {
            (order[index], scores[index]) = (index, candidates[index].Score);
        }

        Array.Sort(order, (first, second) => scores[second].CompareTo(scores[first]) is var by and not 0 ? by : first.CompareTo(second));
        var kept = new List<Detection>();
        foreach (var index in order.AsSpan(0, Math.Min(order.Length, MaxCandidates)))
        {
            if (kept.Count >= limit)
            {
                break;
            }

            if (!IsSuppressed(candidates[index], kept, iou))
            {
                kept.Add(candidates[index]);
            }
        }

        return kept;
    }

    private static bool IsSuppressed(Detection candidate, List<Detection> kept, float iou)
    {
        foreach (var other in kept)
        {
            if (other.Class == candidate.Class && other.Box.Iou(candidate.Box) > iou)
            {
                return true;
            }
        }

        return false;
    }
}
