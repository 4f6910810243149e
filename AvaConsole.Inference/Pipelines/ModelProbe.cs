using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Packages;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AvaConsole.Inference.Pipelines;

/// <summary>What running a classification model on two made-up pictures showed.</summary>
/// <param name="Classes">Numbers in an answer.</param>
/// <param name="SumsToOne">The numbers are probabilities already.</param>
/// <param name="Batchable">
/// Two rows in one run give what they give alone. A dynamic first dimension promises that, but does not prove it.
/// </param>
internal sealed record ModelProbe(int Classes, bool SumsToOne, bool Batchable)
{
    private const int MaxClasses = 100_000;

    /// <exception cref="OnnxRuntimeException">The model cannot compute a single picture.</exception>
    /// <exception cref="OperationCanceledException">It was still computing when its time was over.</exception>
    public static Result<ModelProbe> Run(OrtModel model, ClassificationSettings settings, CancellationToken ct)
    {
        var rows = new[] { MakeRow(settings, 0), MakeRow(settings, 1) };
        var alone = rows.Select(row => RunAll(model, settings, [row], ct)[0]).ToList();
        var classes = alone[0].Length;
        if (classes is 0 or > MaxClasses)
        {
            return new InvalidError(PackageContent.ModelFileName, "package.output_width", settings.OutputName, classes);
        }

        if (settings.Labels.Count > 0 && settings.Labels.Count != classes)
        {
            return new InvalidError(PackageContent.ModelFileName, "package.labels_count", settings.Labels.Count, classes);
        }

        return new ModelProbe(classes, alone.TrueForAll(IsDistribution), model.HasDynamicBatch && GiveTheSame(model, settings, rows, alone, ct));
    }

    private static bool GiveTheSame(OrtModel model, ClassificationSettings settings, RowTensor[][] rows, List<float[]> alone, CancellationToken ct)
    {
        try
        {
            var tolerance = settings.InputType == TensorElementType.Float16 ? 1e-2f : 1e-4f;
            var together = RunAll(model, settings, rows, ct);
            return together.Count == alone.Count && Enumerable.Range(0, alone.Count).All(row => AreClose(alone[row], together[row], tolerance));
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or RowsMixedException)
        {
            return false;
        }
    }

    private static List<float[]> RunAll(OrtModel model, ClassificationSettings settings, IReadOnlyList<IReadOnlyList<RowTensor>> rows, CancellationToken ct)
    {
        using var stop = new RunStop(ct);
        return stop.Guard(() => model.Run(rows, [settings.OutputName], stop.Options)).Select(outputs => outputs[0].ToFloats()).ToList();
    }

    // The last bits differ between a batch and a single row, relative to the largest number of the row.
    private static bool AreClose(float[] first, float[] second, float tolerance)
    {
        var largest = first.Select(Math.Abs).Where(float.IsFinite).Append(1).Max();
        return first.Length == second.Length
            && first.Zip(second).All(pair => pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= tolerance * largest);
    }

    private static bool IsDistribution(float[] values) => values.All(value => value is >= -1e-3f and <= 1.001f) && Math.Abs(values.Sum() - 1) < 0.01f;

    /// <summary>Two different gradients; their values are those of pixels after the settings' own scaling.</summary>
    public static RowTensor[] MakeRow(ClassificationSettings settings, int seed)
    {
        var pixels = new byte[settings.Picture.Width * settings.Picture.Height * settings.Picture.Channels];
        for (var index = 0; index < pixels.Length; index++)
        {
            pixels[index] = (byte)((index * (seed == 0 ? 1 : 7)) % 256);
        }

        return [PictureTensor.Create(pixels, settings)];
    }
}
