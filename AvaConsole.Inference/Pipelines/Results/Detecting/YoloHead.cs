using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results.Detecting;

/// <summary>One tensor with box, perhaps objectness, and a score for each class: [N, 4+C, A] or [N, A, 5+C].</summary>
/// <param name="labels">Number of class names; 0 for none.</param>
/// <param name="activation">Of the scores, objectness included.</param>
internal sealed class YoloHead(string output, int labels, bool? objectness, BoxFormat format, Activation activation) : IDetectionHead
{
    public IReadOnlyList<string> Outputs { get; } = [output];

    public List<Detection>? Read(IReadOnlyList<ModelValue> outputs, float threshold)
    {
        if (outputs[0] is not Tensor { Type: not TensorType.Bytes } tensor || YoloLayout.Find(tensor.Shape, labels, objectness) is not { } layout)
        {
            return null;
        }

        var values = TensorValues.Floats(tensor);
        var best = new float[layout.Anchors];
        var classes = new int[layout.Anchors];
        FindBest(values, layout, best, classes);
        var found = new List<Detection>();
        for (var anchor = 0; anchor < layout.Anchors; anchor++)
        {
            var score = Score(values, layout, anchor, best[anchor]);
            if (score >= threshold && ReadBox(values, layout, anchor) is { HasArea: true } box)
            {
                found.Add(new Detection(classes[anchor], score, box));
            }
        }

        return found;
    }

    /// <summary>The largest number over the classes of each anchor. Memory is walked in its own order: on [4+C, A] the classes of one anchor lie A numbers apart.</summary>
    private static void FindBest(ReadOnlySpan<float> values, YoloLayout layout, float[] best, int[] classes)
    {
        Array.Fill(best, float.NegativeInfinity);
        if (!layout.FeaturesFirst)
        {
            for (var anchor = 0; anchor < layout.Anchors; anchor++)
            {
                var scores = values.Slice((anchor * layout.Features) + layout.FirstClass, layout.Classes);
                for (var label = 0; label < scores.Length; label++)
                {
                    if (scores[label] > best[anchor])
                    {
                        (best[anchor], classes[anchor]) = (scores[label], label);
                    }
                }
            }

            return;
        }

        for (var label = 0; label < layout.Classes; label++)
        {
            var scores = values.Slice((layout.FirstClass + label) * layout.Anchors, layout.Anchors);
            for (var anchor = 0; anchor < scores.Length; anchor++)
            {
                if (scores[anchor] > best[anchor])
                {
                    (best[anchor], classes[anchor]) = (scores[anchor], label);
                }
            }
        }
    }

    private float Score(ReadOnlySpan<float> values, YoloLayout layout, int anchor, float best)
    {
        var score = activation switch
        {
            Activation.Sigmoid => Activations.Sigmoid(best),
            Activation.Softmax => Share(values, layout, anchor, best),
            _ => best,
        };
        if (!layout.Objectness)
        {
            return score;
        }

        var objectness = At(values, layout, anchor, YoloLayout.BoxNumbers);
        return score * (activation == Activation.None ? objectness : Activations.Sigmoid(objectness));
    }

    // Softmax of the largest: one by the sum of all, each relative to it.
    private static float Share(ReadOnlySpan<float> values, YoloLayout layout, int anchor, float best)
    {
        var sum = 0.0;
        for (var label = 0; label < layout.Classes; label++)
        {
            sum += Math.Exp(At(values, layout, anchor, layout.FirstClass + label) - best);
        }

        return (float)(1 / sum);
    }

    private Box ReadBox(ReadOnlySpan<float> values, YoloLayout layout, int anchor) => Box.From(
        format, At(values, layout, anchor, 0), At(values, layout, anchor, 1), At(values, layout, anchor, 2), At(values, layout, anchor, 3));

    private static float At(ReadOnlySpan<float> values, YoloLayout layout, int anchor, int feature) =>
        values[layout.FeaturesFirst ? (feature * layout.Anchors) + anchor : (anchor * layout.Features) + feature];
}
