using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Results.Detecting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Inference.Pipelines.Results;

public sealed class DetectionHeadTests
{
    // Two anchors, two classes: centre, size, scores.
    private static readonly float[] s_first = [50, 40, 20, 10, 0.1f, 0.8f];
    private static readonly float[] s_second = [10, 10, 4, 4, 0.6f, 0.3f];

    [Fact]
    public void Yolo_FeaturesFirst_IsReadByColumns()
    {
        var values = Enumerable.Range(0, 6).SelectMany(feature => (float[])[s_first[feature], s_second[feature], 0]).ToArray();

        var found = new YoloHead("out", 2, null, BoxFormat.Cxcywh, Activation.None).Read([Values.Floats([1, 6, 3], values)], 0.5f);

        Assert.Equal([new Detection(1, 0.8f, new Box(40, 35, 60, 45)), new Detection(0, 0.6f, new Box(8, 8, 12, 12))], found);
    }

    [Fact]
    public void Yolo_RowsWithObjectness_MultipliesIt()
    {
        float[] rows = [50, 40, 20, 10, 0.5f, 0.1f, 0.8f, 10, 10, 4, 4, 1, 0.6f, 0.3f];

        var found = new YoloHead("out", 2, null, BoxFormat.Cxcywh, Activation.None).Read([Values.Floats([1, 2, 7], rows)], 0.45f);

        Assert.Equal([new Detection(0, 0.6f, new Box(8, 8, 12, 12))], found);
    }

    [Fact]
    public void Yolo_Logits_AreActivated()
    {
        // sigmoid(2) = 0.880797; softmax of (2, 0) is the same.
        var sigmoid = new YoloHead("out", 2, null, BoxFormat.Xyxy, Activation.Sigmoid).Read([Values.Floats([1, 1, 6], 1, 2, 3, 4, 0, 2)], 0.5f);
        var softmax = new YoloHead("out", 2, null, BoxFormat.Xyxy, Activation.Softmax).Read([Values.Floats([1, 1, 6], 1, 2, 3, 4, 0, 2)], 0.5f);

        Assert.Equal(0.880797f, Assert.Single(sigmoid!).Score, 5);
        Assert.Equal(0.880797f, Assert.Single(softmax!).Score, 5);
        Assert.Equal(new Box(1, 2, 3, 4), sigmoid![0].Box);
    }

    [Fact]
    public void Yolo_DegenerateBoxesAndNoNumbers_AreLeftOut()
    {
        float[] rows = [10, 10, 0, 4, 1, 10, 10, -2, 4, 1, float.NaN, 10, 4, 4, 1, 10, 10, 4, float.PositiveInfinity, 1, 10, 10, 4, 4, float.NaN, 10, 10, 4, 4, 0.9f];

        var found = new YoloHead("out", 1, false, BoxFormat.Cxcywh, Activation.None).Read([Values.Floats([6, 5], rows)], 0);

        Assert.Equal([0.9f], found!.Select(one => one.Score));
    }

    [Theory]
    [InlineData(new long[] { 1, 84, 8400 }, 80, null, 8400, true, false)]
    [InlineData(new long[] { 1, 25200, 85 }, 80, null, 25200, false, true)]
    [InlineData(new long[] { 1, 8400, 84 }, 80, null, 8400, false, false)]
    [InlineData(new long[] { 1, 85, 25200 }, 80, true, 25200, true, true)]
    [InlineData(new long[] { 84, 8400 }, 0, null, 8400, true, false)]
    [InlineData(new long[] { 1, 1, 25200, 85 }, 0, null, 25200, false, true)]
    [InlineData(new long[] { 1, 3, 5 }, 1, null, 3, false, false)] // fewer anchors than features
    public void YoloLayout_Find_SettlesSides(long[] shape, int labels, bool? objectness, int anchors, bool featuresFirst, bool withObjectness)
    {
        var layout = YoloLayout.Find(shape, labels, objectness);

        Assert.Equal((anchors, featuresFirst, withObjectness), (layout?.Anchors, layout?.FeaturesFirst, layout?.Objectness));
    }

    [Theory]
    [InlineData(new long[] { 1, 84, 8400 }, 20)]
    [InlineData(new long[] { 2, 84, 8400 }, 80)]
    [InlineData(new long[] { 84 }, 80)]
    [InlineData(new long[] { 1, 0, 85 }, 80)]
    [InlineData(new long[] { 1, 3, 8400 }, 0)]
    public void YoloLayout_Find_NothingFits_IsNull(long[] shape, int labels) => Assert.Null(YoloLayout.Find(shape, labels, null));

    [Fact]
    public void EndToEnd_Rows_AreTakenAsTheyAre()
    {
        var output = Values.Floats([1, 4, 6], 1, 2, 3, 4, 0.9f, 5, 1, 2, 3, 4, 0.2f, 1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0.8f, -1);

        Assert.Equal([new Detection(5, 0.9f, new Box(1, 2, 3, 4))], new EndToEndHead("out", BoxFormat.Xyxy).Read([output], 0.25f));
        Assert.Null(new EndToEndHead("out", BoxFormat.Xyxy).Read([Values.Floats([1, 1, 7], 1, 2, 3, 4, 0.9f, 5, 0)], 0.25f));
        Assert.Empty(new EndToEndHead("out", BoxFormat.Xyxy).Read([Values.Floats([1, 0, 6])], 0.25f)!);
    }

    [Fact]
    public void Ssd_ClassesAndCount_AreUsed()
    {
        var head = new SsdHead(new SsdOutputs("boxes", "scores", "classes", "num"), BoxFormat.Yxyx, Activation.None, null);
        var boxes = Values.Floats([1, 3, 4], 0.1f, 0.2f, 0.3f, 0.4f, 0, 0, 1, 1, 0, 0, 1, 1);

        var found = head.Read([boxes, Values.Floats([1, 3], 0.9f, 0.3f, 0.8f), Values.Floats([1, 3], 17, 2, 3), Values.Floats([1], 2)], 0.25f);

        Assert.Equal([new Detection(17, 0.9f, new Box(0.2f, 0.1f, 0.4f, 0.3f)), new Detection(2, 0.3f, new Box(0, 0, 1, 1))], found);
        Assert.Equal(["boxes", "scores", "classes", "num"], head.Outputs);
    }

    [Fact]
    public void Ssd_ScoresOfEachClass_BackgroundNeverWins()
    {
        var head = new SsdHead(new SsdOutputs("boxes", "scores", null, null), BoxFormat.Xyxy, Activation.Softmax, 0);
        var boxes = Values.Floats([1, 2, 4], 0, 0, 1, 1, 0, 0, 0.5f, 0.5f);

        // softmax(0, 0, ln 2) = 0.25, 0.25, 0.5; softmax(5, 0, 0): the background takes nearly all.
        var found = head.Read([boxes, Values.Floats([1, 2, 3], 0, 0, MathF.Log(2), 5, 0, 0)], 0.25f);

        var only = Assert.Single(found!);
        Assert.Equal((2, 0.5f), (only.Class, MathF.Round(only.Score, 5)));
    }

    [Fact]
    public void Ssd_CountsThatDoNotFit_AreNull()
    {
        var head = new SsdHead(new SsdOutputs("boxes", "scores", null, null), BoxFormat.Xyxy, Activation.None, null);

        Assert.Null(head.Read([Values.Floats([1, 2, 4], 0, 0, 1, 1, 0, 0, 1, 1), Values.Floats([1, 3], 1, 1, 1)], 0));
        Assert.Null(head.Read([Values.Floats([1, 2, 3], 0, 0, 1, 0, 0, 1), Values.Floats([1, 2], 1, 1)], 0));
        Assert.Empty(head.Read([Values.Floats([1, 0, 4]), Values.Floats([1, 0, 3])], 0)!);
    }

    [Fact]
    public void Box_From_KnowsEveryForm()
    {
        var expected = new Box(1, 2, 5, 8);

        Assert.Equal(expected, Box.From(BoxFormat.Xyxy, 1, 2, 5, 8));
        Assert.Equal(expected, Box.From(BoxFormat.Yxyx, 2, 1, 8, 5));
        Assert.Equal(expected, Box.From(BoxFormat.Xywh, 1, 2, 4, 6));
        Assert.Equal(expected, Box.From(BoxFormat.Cxcywh, 3, 5, 4, 6));
    }
}
