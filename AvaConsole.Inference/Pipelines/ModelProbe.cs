using AvaConsole.Core.Common;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Pipelines;

/// <summary>What running a classification model on two made-up pictures showed.</summary>
/// <param name="Classes">Numbers in an answer.</param>
/// <param name="SumsToOne">The numbers are probabilities already.</param>
internal sealed record ModelProbe(int Classes, bool SumsToOne)
{
    private const int MaxClasses = 100_000;

    /// <summary>Also lets the model find out whether its rows may share runs.</summary>
    /// <exception cref="OnnxRuntimeException">The model cannot compute a single picture.</exception>
    /// <exception cref="OperationCanceledException">It was still computing when its time was over.</exception>
    public static Result<ModelProbe> Run(TensorModel model, ClassificationSettings settings, CancellationToken ct)
    {
        TensorRequest[] requests = [MakeUp(settings, 0), MakeUp(settings, 1)];
        var alone = requests.Select(request => Answer(model, request, ct)).ToList();
        var classes = alone[0].Length;
        if (classes is 0 or > MaxClasses)
        {
            return new InvalidError(PackageContent.ModelFileName, "package.output_width", settings.OutputName, classes);
        }

        if (settings.Labels.Count > 0 && settings.Labels.Count != classes)
        {
            return new InvalidError(PackageContent.ModelFileName, "package.labels_count", settings.Labels.Count, classes);
        }

        model.Probe(requests, ct);
        return new ModelProbe(classes, alone.TrueForAll(IsDistribution));
    }

    private static float[] Answer(TensorModel model, TensorRequest request, CancellationToken ct)
    {
        using var answer = model.RunOnce(request, ct);
        return ((Tensor)answer.Outputs[0]).ToFloats();
    }

    private static bool IsDistribution(float[] values) => values.All(value => value is >= -1e-3f and <= 1.001f) && Math.Abs(values.Sum() - 1) < 0.01f;

    /// <summary>Two different gradients; their values are those of pixels after the settings' own scaling.</summary>
    private static TensorRequest MakeUp(ClassificationSettings settings, int seed)
    {
        var pixels = new byte[settings.Picture.Width * settings.Picture.Height * settings.Picture.Channels];
        for (var index = 0; index < pixels.Length; index++)
        {
            pixels[index] = (byte)((index * (seed == 0 ? 1 : 7)) % 256);
        }

        return new TensorRequest([PictureTensor.Create(pixels, settings)], [settings.OutputName]);
    }
}
