using System.Text.Json.Nodes;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Pipelines.Results.Segmenting;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Support;

namespace AvaConsole.Tests.Inference.Pipelines.Results;

public sealed class SegmentationStageTests
{
    // The four corners of a picture: background, road, road, car.
    private static readonly float[] s_corners = [0.8f, 0.1f, 0.2f, 0, /**/ 0.1f, 0.9f, 0.7f, 0.4f, /**/ 0.1f, 0, 0.1f, 0.6f];

    [Fact]
    public void Interpret_Argmax_AnswersEachClassWithItsPlace()
    {
        var answer = Values.Answer(Stage(), Values.Floats([1, 3, 2, 2], s_corners), """{"form": "rle"}""", Picture(4, 4));

        Values.AssertJson(
            """
            {"size": [4, 4], "detections": [
                {"index": 1, "class": "road", "score": 0.8, "pts": [[0, 0], [4, 0], [4, 4], [0, 4]], "color": [128, 0, 0], "area": 8, "runs": [2, 2, 6, 4, 12, 2]},
                {"index": 2, "class": "car", "score": 0.6, "pts": [[2, 2], [4, 2], [4, 4], [2, 4]], "color": [0, 128, 0], "area": 4, "runs": [10, 2, 14, 2]}]}
            """,
            answer);
    }

    [Fact]
    public void Interpret_ClassesLast_IsTheSame()
    {
        float[] last = [.. Enumerable.Range(0, 4).SelectMany(pixel => Enumerable.Range(0, 3).Select(label => s_corners[(label * 4) + pixel]))];

        Assert.Equal(
            Values.Answer(Stage(), Values.Floats([1, 3, 2, 2], s_corners)), Values.Answer(Stage(), Values.Floats([1, 2, 2, 3], last)));
    }

    [Fact]
    public void Interpret_Classes_AreTakenAsTheyAre() => Values.AssertJson(
        """{"size": [2, 2], "detections": [{"index": 2, "class": "car", "score": 1, "pts": [[1, 0], [2, 0], [2, 2], [1, 2]], "color": [0, 128, 0], "area": 2, "runs": [1, 1, 3, 1]}]}""",
        Values.Answer(Stage(), Values.Of(TensorType.Int64, [1, 2, 2], 0L, 2, 0, 2), """{"form": "rle"}""", Values.NoPicture));

    [Fact]
    public void Interpret_Softmax_ScoresAreProbabilities()
    {
        var answer = JsonNode.Parse(Values.Answer(Stage(Activation.Softmax), Values.Floats([1, 3, 1, 1], 0, MathF.Log(2), 0), input: Values.NoPicture))!;

        Assert.Equal(0.5, (double)answer["detections"]![0]!["score"]!, 5);
    }

    [Fact]
    public void Interpret_Threshold_LeavesWeakPixelsOut()
    {
        var stage = new SegmentationStage(new SegmentationOptions("out", new ClassNames(["road"], []), SegmentationMode.Threshold, Activation.Sigmoid, 0.5f, MaskForm.Rle));
        var output = Values.Floats([1, 1, 2, 2], -1, 1, 3, -2);

        Assert.Equal([1, 2], Runs(Values.Answer(stage, output, input: Values.NoPicture)));
        Assert.Equal([2, 1], Runs(Values.Answer(stage, output, """{"threshold": 0.9}""", Values.NoPicture)));
        Assert.Equal("""{"size":[2,2],"detections":[]}""", Values.Answer(stage, output, """{"threshold": 1}""", Values.NoPicture));
    }

    // 4 × 2 into 2 × 2: half the size, half a pixel of border above and below, which only the middle row of a larger map shows.
    [Fact]
    public void Interpret_Letterbox_BordersAreNotPartOfTheAnswer()
    {
        var input = new PreparedInput([], new PictureGeometry(4, 2, 4, 4, 1, 1, 0, 1));
        var classes = Values.Of(TensorType.UInt8, [1, 4, 4], (byte[])[1, 1, 1, 1, 0, 0, 2, 2, 0, 0, 2, 2, 1, 1, 1, 1]);

        var answer = Values.Answer(Stage(), classes, """{"form": "rle"}""", input);

        Values.AssertJson(
            """{"size": [4, 2], "detections": [{"index": 2, "class": "car", "score": 1, "pts": [[2, 0], [4, 0], [4, 2], [2, 2]], "color": [0, 128, 0], "area": 4, "runs": [2, 2, 6, 2]}]}""",
            answer);
    }

    [Fact]
    public void Interpret_PartsThatTheModelDidNotSee_HaveNoClass()
    {
        // 4 × 2, of which the middle 2 × 2 was cut out.
        var input = new PreparedInput([], new PictureGeometry(4, 2, 2, 2, 1, 1, -1, 0));

        var answer = Values.Answer(Stage(), Values.Of(TensorType.UInt8, [1, 2, 2], (byte[])[1, 1, 1, 1]), """{"form": "rle"}""", input);

        Assert.Equal([1, 2, 5, 2], Runs(answer));
    }

    [Fact]
    public void Interpret_Png_ShowsThePalette()
    {
        var mask = (string)JsonNode.Parse(Values.Answer(Stage(), Values.Floats([1, 3, 2, 2], s_corners), input: Picture(4, 4)))!["mask"]!;
        var png = Convert.FromBase64String(mask["data:image/png;base64,".Length..]);

        var pixels = Pixels.Decode("mask", png, new PictureFormat(4, 4, PictureColor.Rgb, PictureFit.Stretch));

        byte[][] expected = [[0, 0, 0], [128, 0, 0], [128, 0, 0], [0, 128, 0]];
        Assert.True(pixels.IsSuccess, $"{pixels.Error}");
        Assert.Equal(Enumerable.Range(0, 16).SelectMany(at => expected[(at % 4 / 2) + (at / 8 * 2)]), pixels.Value);
    }

    [Fact]
    public void Interpret_OutputThatIsNoMap_IsTheModelsFailure()
    {
        Assert.Equal("serving.model_failed", Values.Interpret(Stage(), [Values.Floats([1, 2, 3, 4, 5], new float[120])]).Error?.Code);
        Assert.Equal("serving.model_failed", Values.Interpret(Stage(), [Values.Of(TensorType.Int32, [1, 1, 2], 0, 255)]).Error?.Code);
    }

    [Theory]
    [InlineData(new long[] { 1, 21, 65, 65 }, 21, 21, 65, 65)]
    [InlineData(new long[] { 1, 65, 60, 21 }, 21, 21, 60, 65)]
    [InlineData(new long[] { 1, 1, 48, 64 }, 1, 1, 64, 48)]
    [InlineData(new long[] { 1, 48, 64, 1 }, 0, 1, 64, 48)]
    [InlineData(new long[] { 48, 64 }, 5, 1, 64, 48)]
    public void PixelLayout_Find_SettlesSides(long[] shape, int labels, int classes, int width, int height)
    {
        var layout = PixelLayout.Find(shape, labels);

        Assert.Equal((classes, width, height), (layout?.Classes, layout?.Width, layout?.Height));
    }

    private static SegmentationStage Stage(Activation activation = Activation.None) => new(new SegmentationOptions(
        "out", new ClassNames(["background", "road", "car"], []), SegmentationMode.Argmax, activation, 0.5f, MaskForm.Png));

    /// <summary>A picture that was brought to 2 × 2.</summary>
    private static PreparedInput Picture(int width, int height) => new([], new PictureGeometry(width, height, 2, 2, 2.0 / width, 2.0 / height, 0, 0));

    private static List<int> Runs(string answer) =>
        [.. JsonNode.Parse(answer)!["detections"]![0]!["runs"]!.AsArray().Select(number => (int)number!)];
}
