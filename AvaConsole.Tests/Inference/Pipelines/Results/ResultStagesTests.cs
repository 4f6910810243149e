using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Pipelines.Results.Detecting;
using AvaConsole.Inference.Pipelines.Results.Segmenting;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Support;

namespace AvaConsole.Tests.Inference.Pipelines.Results;

/// <summary>What is settled from the description and a sample of the model's answers.</summary>
public sealed class ResultStagesTests
{
    [Fact]
    public void Classification_NumbersAddUpToOne_NeedNoSoftmax()
    {
        Assert.Equal(Activation.None, Classification([], Named("p", [1, 2], 0.25f, 0.75f)).Options.Activation);
        Assert.Equal(Activation.Softmax, Classification([], Named("p", [1, 2], 0.25f, 3)).Options.Activation);
    }

    [Fact]
    public void Classification_SeveralOutputs_TakesTheOneAsWideAsThereAreLabels()
    {
        var stage = Classification(["a", "b"], Named("features", [1, 4], 1, 2, 3, 4), Named("scores", [1, 2], 0.25f, 0.75f));

        Assert.Equal(["scores"], stage.Outputs);
        Assert.Equal(["features"], Classification([], Named("features", [1, 4], 1, 2, 3, 4), Named("scores", [1, 2], 0.25f, 0.75f)).Outputs);
    }

    [Fact]
    public void Classification_OfScikitLearn_TakesTheMaps()
    {
        var map = new MapValue("", Values.Of(TensorType.Int64, [2], 0L, 1), Values.Floats([2], 0.25f, 0.75f));

        var stage = Classification(["a", "b"], Values.Of(TensorType.Int64, [1], 1L) with { Name = "output_label" }, new SequenceValue("output_probability", [map]));

        Assert.Equal(["output_probability"], stage.Outputs);
        Assert.Equal(Activation.None, stage.Options.Activation);
    }

    [Fact]
    public void Classification_WrongPackages_AreNamed()
    {
        Assert.Equal(("package.labels_count", 3, 2), Problem(null, ["a", "b", "c"], Named("p", [1, 2], 0.25f, 0.75f)));
        Assert.Equal("package.tensor_unknown", Code(new ClassificationOutput { Tensor = "x" }, Named("p", [1, 2], 0.25f, 0.75f)));
        Assert.Equal("package.output_not_scores", Code(new ClassificationOutput(), Values.Texts("a")));
    }

    [Theory]
    [InlineData(new long[] { 1, 6, 20 }, 2, typeof(YoloHead))]
    [InlineData(new long[] { 1, 20, 7 }, 2, typeof(YoloHead))]
    [InlineData(new long[] { 1, 20, 6 }, 2, typeof(YoloHead))] // two labels: 4 + 2
    [InlineData(new long[] { 1, 20, 6 }, 80, typeof(EndToEndHead))]
    [InlineData(new long[] { 1, 20, 6 }, 0, typeof(EndToEndHead))]
    public void Detection_OneOutput_IsRecognisedByItsShape(long[] shape, int labels, Type head)
    {
        var stage = Detection(new DetectionOutput(), labels, Named("output0", shape, new float[shape.Aggregate(1, (count, length) => count * (int)length)]));

        Assert.IsType(head, stage.Options.Head);
        Assert.Equal((head == typeof(EndToEndHead) ? 1f : 0.45f, BoxUnits.Pixels), (stage.Options.NmsIou, stage.Options.Units));
    }

    [Fact]
    public void Detection_OutputsOfTensorFlow_AreFoundByName()
    {
        var stage = Detection(
            new DetectionOutput { BoxFormat = BoxFormat.Yxyx },
            0,
            Named("detection_boxes", [1, 2, 4], new float[8]),
            Named("detection_classes", [1, 2], 1, 2),
            Named("detection_scores", [1, 2], 0.5f, 0.25f),
            Named("num_detections", [1], 2));

        Assert.Equal(["detection_boxes", "detection_scores", "detection_classes", "num_detections"], stage.Outputs);
        Assert.Equal((1f, BoxUnits.Relative), (stage.Options.NmsIou, stage.Options.Units));
    }

    [Fact]
    public void Detection_WrongPackages_AreNamed()
    {
        Assert.Equal("package.output_not_yolo", Code(new DetectionOutput { Head = DetectionHead.Yolo }, Named("o", [1, 20, 3], new float[60])));
        Assert.Equal("package.output_not_boxes", Code(new DetectionOutput { Head = DetectionHead.EndToEnd }, Named("o", [1, 20, 5], new float[100])));
        Assert.Equal("package.output_not_named", Code(new DetectionOutput { Head = DetectionHead.Ssd, Boxes = "o" }, Named("o", [1, 5, 4], new float[20])));
        Assert.Equal(
            "package.scores_count",
            Code(new DetectionOutput(), Named("boxes", [1, 5, 4], new float[20]), Named("scores", [1, 3], new float[3])));
    }

    [Fact]
    public void Segmentation_Shape_SettlesTheMode()
    {
        var single = Assert.IsType<SegmentationStage>(Create(new SegmentationOutput(), 1, Named("o", [1, 1, 4, 4], new float[16])).Value).Options;
        var logits = Assert.IsType<SegmentationStage>(Create(new SegmentationOutput(), 3, Named("o", [1, 3, 4, 4], [.. Enumerable.Range(0, 48)])).Value).Options;

        Assert.Equal((SegmentationMode.Threshold, Activation.None), (single.Mode, single.Activation));
        Assert.Equal((SegmentationMode.Argmax, Activation.Softmax), (logits.Mode, logits.Activation));
        Assert.Equal("package.output_not_map", Code(new SegmentationOutput(), Named("o", [4], new float[4])));
    }

    [Fact]
    public void OtherKinds_AreSettled()
    {
        Assert.Equal(["v"], Create(new EmbeddingOutput { Tensor = "v" }, 0, Named("o", [1], 1), Named("v", [1], 1)).Value?.Outputs);
        Assert.IsType<RegressionStage>(Create(new RegressionOutput { Names = ["a"] }, 0, Named("o", [1, 1], 1)).Value);
        Assert.Equal("package.names_count", Code(new RegressionOutput { Names = ["a", "b"] }, Named("o", [1, 1], 1)));
        Assert.Equal("package.units_count", Code(new RegressionOutput { Units = ["a", "b"] }, Named("o", [1, 3], 1, 2, 3)));
        Assert.Empty(Create(new RawOutput(), 0, Named("o", [1, 1], 1)).Value!.Outputs);
        Assert.Equal("package.tensor_unknown", Code(new RawOutput { Tensors = ["o", "x"] }, Named("o", [1, 1], 1)));
    }

    private static Tensor Named(string name, long[] shape, params float[] values) => Values.Floats(shape, values) with { Name = name };

    private static ClassificationStage Classification(string[] labels, params ModelValue[] sample) =>
        Assert.IsType<ClassificationStage>(Create(null, new ClassNames(labels, []), sample).Value);

    private static DetectionStage Detection(DetectionOutput output, int labels, params ModelValue[] sample) =>
        Assert.IsType<DetectionStage>(Create(output, labels, sample).Value);

    private static string Code(OutputDescription output, params ModelValue[] sample) => InferenceParts.Problem(Create(output, 0, sample).Error).Code;

    private static (string Code, object? First, object? Second) Problem(OutputDescription? output, string[] labels, params ModelValue[] sample)
    {
        var problem = InferenceParts.Problem(Create(output, new ClassNames(labels, []), sample).Error);
        return (problem.Code, problem.Args[0], problem.Args[1]);
    }

    private static Result<IResultStage> Create(OutputDescription output, int labels, params ModelValue[] sample) =>
        Create(output, new ClassNames([.. Enumerable.Range(0, labels).Select(label => $"class {label}")], []), sample);

    private static Result<IResultStage> Create(OutputDescription? output, ClassNames names, IReadOnlyList<ModelValue> sample)
    {
        var pipeline = output switch
        {
            DetectionOutput => PipelineKind.Detection,
            SegmentationOutput => PipelineKind.Segmentation,
            EmbeddingOutput => PipelineKind.Embedding,
            RegressionOutput => PipelineKind.Regression,
            RawOutput => PipelineKind.Raw,
            _ => PipelineKind.Classification,
        };
        var signature = new ModelSignature([], [.. sample.Select(Port)]);
        return new ResultStages(new ServiceDescription { Pipeline = pipeline, Output = output }, names, signature, [sample]).Create();
    }

    private static ModelPort Port(ModelValue value) => value is Tensor tensor
        ? new ModelPort(tensor.Name, PortKind.Tensor, tensor.Type, tensor.Shape)
        : new ModelPort(value.Name, PortKind.Sequence, TensorType.Fp32, []);
}
