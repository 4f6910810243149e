using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Results.Detecting;
using AvaConsole.Inference.Pipelines.Results.Segmenting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>Settles how a model's outputs become answers: from what the package says and, where it says nothing, from what the model gave on made-up inputs.</summary>
/// <param name="names">The package's class names.</param>
/// <param name="samples">All outputs of at least one run of one row.</param>
internal sealed class ResultStages(ServiceDescription description, ClassNames names, ModelSignature signature, IReadOnlyList<IReadOnlyList<ModelValue>> samples)
{
    private const int DefaultTopK = 5;
    private const int MaxClasses = 100_000;

    private readonly OutputFinder _outputs = new(signature, samples[0]);

    /// <returns>Errors <c>package.*</c> with the model's file as field.</returns>
    public Result<IResultStage> Create() => description.Pipeline switch
    {
        PipelineKind.Detection => Settled(new DetectionResolver(Output<DetectionOutput>(), names, _outputs).Resolve()),
        PipelineKind.Segmentation => Settled(CreateSegmentation(Output<SegmentationOutput>())),
        PipelineKind.Embedding => Settled(CreateEmbedding(Output<EmbeddingOutput>())),
        PipelineKind.Regression => Settled(CreateRegression(Output<RegressionOutput>())),
        PipelineKind.Raw => Settled(CreateRaw(Output<RawOutput>())),
        _ => Settled(CreateClassification(Output<ClassificationOutput>())),
    };

    private Result<IResultStage> Settled<T>(T? stage)
        where T : class, IResultStage => stage is not null && _outputs.Problems.Count == 0 ? stage : new InvalidError(_outputs.Problems);

    private T Output<T>()
        where T : OutputDescription, new() => description.Output as T ?? new T();

    private ClassificationStage? CreateClassification(ClassificationOutput output)
    {
        var found = _outputs.Find(output.Tensor, OutputFinder.IsScores, "package.output_not_scores", port => OutputFinder.Width(port) == names.Names.Count);
        if (found is null || _outputs.SampleOf(found) is not { } sample)
        {
            return null;
        }

        var classes = (int)ClassScores.Count(sample);
        if (classes is 0 or > MaxClasses)
        {
            return _outputs.Report<ClassificationStage>("package.output_width", found.Name, classes);
        }

        if (names.Names.Count > 0 && names.Names.Count != classes)
        {
            return _outputs.Report<ClassificationStage>("package.labels_count", names.Names.Count, classes);
        }

        // Without a word about it, numbers that are no probabilities are taken for logits.
        var activation = output.Activation ?? (IsDistribution(found.Name) ? Activation.None : Activation.Softmax);
        return new ClassificationStage(new ClassificationOptions(found.Name, names, activation, output.TopK ?? DefaultTopK, output.Threshold ?? 0) { Classes = classes });
    }

    private bool IsDistribution(string output) => samples.All(sample =>
        ClassScores.Read(sample.First(value => value.Name == output)) is { } scores
        && scores.Values.All(value => value is >= -1e-3f and <= 1.001f)
        && Math.Abs(scores.Values.Sum() - 1) < 0.01f);

    private SegmentationStage? CreateSegmentation(SegmentationOutput output)
    {
        var found = _outputs.Find(output.Tensor, OutputFinder.IsNumeric, "package.output_not_numbers");
        if (found is null || _outputs.SampleOf(found) is not Tensor sample)
        {
            return null;
        }

        if (PixelLayout.Find(sample.Shape, names.Names.Count) is not { Classes: <= LabelMap.MaxClasses } layout)
        {
            return _outputs.Report<SegmentationStage>("package.output_not_map", found.Name, OutputFinder.Show(sample.Shape), LabelMap.MaxClasses);
        }

        if (layout.Classes > 1 && names.Names.Count > 0 && names.Names.Count != layout.Classes)
        {
            return _outputs.Report<SegmentationStage>("package.labels_count", names.Names.Count, layout.Classes);
        }

        var single = layout.Classes == 1 && TensorNumbers.IsFloating(sample.Type);
        var mode = output.Mode ?? (single ? SegmentationMode.Threshold : SegmentationMode.Argmax);
        var activation = output.Activation ?? GuessActivation(sample, mode);
        return new SegmentationStage(new SegmentationOptions(found.Name, names, mode, activation, output.Threshold ?? 0.5f, output.Form ?? MaskForm.Png));
    }

    private static Activation GuessActivation(Tensor sample, SegmentationMode mode)
    {
        foreach (var value in TensorValues.Floats(sample))
        {
            if (value is < -1e-3f or > 1.001f && TensorNumbers.IsFloating(sample.Type))
            {
                return mode == SegmentationMode.Argmax ? Activation.Softmax : Activation.Sigmoid;
            }
        }

        return Activation.None;
    }

    private EmbeddingStage? CreateEmbedding(EmbeddingOutput output) =>
        _outputs.Find(output.Tensor, OutputFinder.IsNumeric, "package.output_not_numbers") is { } found
            ? new EmbeddingStage(new EmbeddingOptions(found.Name, output.Normalize ?? false, output.Form ?? EmbeddingForm.Json))
            : null;

    private RegressionStage? CreateRegression(RegressionOutput output)
    {
        if (_outputs.Find(output.Tensor, OutputFinder.IsNumeric, "package.output_not_numbers") is not { } found || _outputs.SampleOf(found) is not Tensor sample)
        {
            return null;
        }

        if (output.Names.Count > 0 && output.Names.Count != sample.Count)
        {
            return _outputs.Report<RegressionStage>("package.names_count", output.Names.Count, sample.Count);
        }

        return output.Units.Count > 1 && output.Units.Count != sample.Count
            ? _outputs.Report<RegressionStage>("package.units_count", output.Units.Count, sample.Count)
            : new RegressionStage(new RegressionOptions(found.Name, output.Names, output.Units, output.Scale ?? 1, output.Offset ?? 0));
    }

    private RawStage CreateRaw(RawOutput output)
    {
        foreach (var name in output.Tensors)
        {
            _outputs.Find(name, _ => true, "package.tensor_unknown");
        }

        return new RawStage(output.Tensors);
    }
}
