using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results.Segmenting;

/// <summary>A class for each pixel, row by row; <see cref="None"/> where there is none.</summary>
/// <param name="Scores">Mean score of each class over its pixels in the model's output; empty where the model gives classes only.</param>
internal sealed record LabelMap(int Width, int Height, byte[] Pixels, IReadOnlyList<float> Scores)
{
    public const byte None = 255;

    /// <summary>A byte has room for no more, besides <see cref="None"/>.</summary>
    public const int MaxClasses = 255;

    /// <summary>Reads one picture's output: [C, H, W] or [H, W, C] of numbers, [H, W] of numbers (one class) or of whole numbers (the classes).</summary>
    /// <param name="labels">Number of class names; 0 for none.</param>
    /// <returns>Null where the output has another shape or a class beyond <see cref="MaxClasses"/>.</returns>
    public static LabelMap? Read(ModelValue output, int labels, SegmentationMode mode, Activation activation, float threshold)
    {
        if (output is not Tensor { Type: not TensorType.Bytes } tensor || PixelLayout.Find(tensor.Shape, labels) is not { } layout || layout.Classes > MaxClasses)
        {
            return null;
        }

        var values = TensorValues.Floats(tensor);
        return layout.Classes == 1 && !TensorNumbers.IsFloating(tensor.Type) && mode == SegmentationMode.Argmax
            ? FromClasses(values, layout)
            : FromScores(values, layout, activation, mode == SegmentationMode.Threshold ? threshold : null);
    }

    /// <summary>The same for each pixel of the original picture. What the model did not see of it has no class.</summary>
    public LabelMap ToOriginal(PictureGeometry geometry)
    {
        var columns = Sources(geometry.OriginalWidth, x => geometry.ToTarget(x, 0).X / geometry.TargetWidth, Width);
        var rows = Sources(geometry.OriginalHeight, y => geometry.ToTarget(0, y).Y / geometry.TargetHeight, Height);
        var pixels = GC.AllocateUninitializedArray<byte>(checked(columns.Length * rows.Length));
        for (var y = 0; y < rows.Length; y++)
        {
            var target = pixels.AsSpan(y * columns.Length, columns.Length);
            if (rows[y] < 0)
            {
                target.Fill(None);
                continue;
            }

            var source = Pixels.AsSpan(rows[y] * Width, Width);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] = columns[x] < 0 ? None : source[columns[x]];
            }
        }

        return this with { Width = columns.Length, Height = rows.Length, Pixels = pixels };
    }

    // Nearest pixel of the map for each of the picture; -1 for outside. The middle of a pixel is half a pixel from its edge.
    private static int[] Sources(int length, Func<double, double> toPart, int mapLength)
    {
        var sources = new int[length];
        for (var index = 0; index < length; index++)
        {
            var part = toPart(index + 0.5);
            sources[index] = part is >= 0 and < 1 ? Math.Min((int)(part * mapLength), mapLength - 1) : -1;
        }

        return sources;
    }

    private static LabelMap? FromClasses(ReadOnlySpan<float> values, PixelLayout layout)
    {
        var pixels = new byte[values.Length];
        for (var index = 0; index < pixels.Length; index++)
        {
            if (values[index] is not (>= 0 and < MaxClasses))
            {
                return null;
            }

            pixels[index] = (byte)values[index];
        }

        return new LabelMap(layout.Width, layout.Height, pixels, []);
    }

    /// <param name="threshold">Null: the largest of all wins whatever it is.</param>
    private static LabelMap FromScores(ReadOnlySpan<float> values, PixelLayout layout, Activation activation, float? threshold)
    {
        var pixels = new byte[layout.Width * layout.Height];
        var sums = new double[layout.Classes];
        var counts = new int[layout.Classes];
        Span<float> scores = stackalloc float[MaxClasses];
        scores = scores[..layout.Classes];
        for (var pixel = 0; pixel < pixels.Length; pixel++)
        {
            for (var label = 0; label < scores.Length; label++)
            {
                scores[label] = values[(pixel * layout.PixelStep) + (label * layout.ClassStep)];
            }

            var best = Best(scores);
            var score = Score(scores, best, activation);
            if (threshold is { } least && !(score >= least))
            {
                pixels[pixel] = None;
                continue;
            }

            pixels[pixel] = (byte)best;
            sums[best] += score;
            counts[best]++;
        }

        return new LabelMap(layout.Width, layout.Height, pixels, [.. sums.Select((sum, label) => counts[label] == 0 ? 0 : (float)(sum / counts[label]))]);
    }

    private static int Best(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var label = 1; label < scores.Length; label++)
        {
            if (scores[label] > scores[best])
            {
                best = label;
            }
        }

        return best;
    }

    // Neither activation changes which is the largest, so that only that one is worked out.
    private static float Score(ReadOnlySpan<float> scores, int best, Activation activation)
    {
        if (activation != Activation.Softmax)
        {
            return activation == Activation.Sigmoid ? Activations.Sigmoid(scores[best]) : scores[best];
        }

        var sum = 0f;
        foreach (var score in scores)
        {
            sum += MathF.Exp(score - scores[best]);
        }

        return 1 / sum;
    }
}
