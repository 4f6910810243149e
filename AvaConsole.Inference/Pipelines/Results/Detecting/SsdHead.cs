using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results.Detecting;

/// <summary>The outputs of a detector that gives boxes, scores and perhaps classes as tensors of their own.</summary>
/// <param name="Boxes">[N, K, 4].</param>
/// <param name="Scores">[N, K] of the class of each box, or [N, K, C].</param>
/// <param name="Classes">[N, K]; null where the scores tell.</param>
/// <param name="Count">[N] or a scalar: rows that count; null for all.</param>
internal sealed record SsdOutputs(string Boxes, string Scores, string? Classes, string? Count);

/// <summary>Boxes, scores and perhaps classes as tensors of their own.</summary>
/// <param name="background">A class that is none; null for none.</param>
internal sealed class SsdHead(SsdOutputs names, BoxFormat format, Activation activation, int? background) : IDetectionHead
{
    private const int BoxNumbers = 4;

    public IReadOnlyList<string> Outputs { get; } = [.. ((string?[])[names.Boxes, names.Scores, names.Classes, names.Count]).OfType<string>()];

    public List<Detection>? Read(IReadOnlyList<ModelValue> outputs, float threshold)
    {
        var tensors = outputs.OfType<Tensor>().Where(tensor => TensorValues.IsNumeric(tensor.Type)).ToList();
        if (tensors.Count != Outputs.Count || tensors[0].Shape is not [.., BoxNumbers])
        {
            return null;
        }

        var boxes = TensorValues.Floats(tensors[0]);
        var scores = TensorValues.Floats(tensors[1]);
        var classes = names.Classes is null ? default : TensorValues.Floats(tensors[2]);
        var rows = boxes.Length / BoxNumbers;
        if (rows == 0)
        {
            return [];
        }

        if (scores.Length % rows != 0 || scores.Length == 0 || (names.Classes is not null && (classes.Length != rows || scores.Length != rows)))
        {
            return null;
        }

        var given = names.Count is null ? rows : CountOf(tensors[^1], rows);
        var found = new List<Detection>();
        for (var row = 0; row < given; row++)
        {
            var own = scores.Slice(row * (scores.Length / rows), scores.Length / rows);
            var (label, score) = names.Classes is null ? Best(own) : (classes[row] >= 0 ? (int)classes[row] : -1, Apply(own[0]));
            var box = Box.From(format, boxes[row * 4], boxes[(row * 4) + 1], boxes[(row * 4) + 2], boxes[(row * 4) + 3]);
            if (score >= threshold && label >= 0 && label != background && box.HasArea)
            {
                found.Add(new Detection(label, score, box));
            }
        }

        return found;
    }

    private static int CountOf(Tensor count, int rows) =>
        TensorValues.Floats(count) is [var value, ..] && value >= 0 ? (int)Math.Min(value, rows) : 0;

    private float Apply(float score) => activation == Activation.None ? score : Activations.Sigmoid(score);

    private (int Class, float Score) Best(ReadOnlySpan<float> scores)
    {
        Span<float> values = scores.Length <= 512 ? stackalloc float[scores.Length] : new float[scores.Length];
        scores.CopyTo(values);
        Activations.Apply(activation, values);
        var (label, best) = (-1, float.NegativeInfinity);
        for (var index = 0; index < values.Length; index++)
        {
            if (index != background && values[index] > best)
            {
                (label, best) = (index, values[index]);
            }
        }

        return (label, best);
    }
}
