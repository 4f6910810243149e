using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Pipelines.Results.Detecting;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Inference.Pipelines.Results;

public sealed class DetectionStageTests
{
    // 1000 × 500 into 100 × 100: a tenth of the size, borders of 25 above and below.
    private static readonly PictureGeometry s_letterbox = new(1000, 500, 100, 100, 0.1, 0.1, 0, 25);

    [Fact]
    public void Interpret_LetterboxedPicture_AnswersPixelsOfTheOriginal() => Values.AssertJson(
        """{"detections": [{"index": 0, "class": "cat", "score": 0.75, "pts": [[100, 50], [300, 50], [300, 250], [100, 250]]}]}""",
        Values.Answer(Stage(), Values.Floats([1, 1, 6], 10, 30, 30, 50, 0.75f, 0), input: new PreparedInput([], s_letterbox)));

    [Fact]
    public void Interpret_RelativeUnits_AreOfTheModelsInput() => Values.AssertJson(
        """{"detections": [{"index": 0, "class": "cat", "score": 0.75, "pts": [[100, 50], [300, 50], [300, 250], [100, 250]]}]}""",
        Values.Answer(Stage(BoxUnits.Relative), Values.Floats([1, 1, 6], 0.1f, 0.3f, 0.3f, 0.5f, 0.75f, 0), input: new PreparedInput([], s_letterbox)));

    [Fact]
    public void Interpret_BoxesInTheBorder_AreClippedOrDropped() => Values.AssertJson(
        """{"detections": [{"index": 1, "class": "dog", "score": 0.5, "pts": [[0, 0], [1000, 0], [1000, 250], [0, 250]]}]}""",
        Values.Answer(
            Stage(), Values.Floats([1, 2, 6], 0, 0, 50, 20, 0.75f, 0, -10, 0, 120, 50, 0.5f, 1), input: new PreparedInput([], s_letterbox)));

    [Fact]
    public void Interpret_NoPicture_KeepsTheModelsUnits() => Assert.Contains(
        "\"pts\":[[10,30],[30,30],[30,50],[10,50]]",
        Values.Answer(Stage(), Values.Floats([1, 1, 6], 10, 30, 30, 50, 0.75f, 0), input: Values.NoPicture),
        StringComparison.Ordinal);

    [Fact]
    public void Interpret_NothingFound_IsAnEmptyList() =>
        Assert.Equal("""{"detections":[]}""", Values.Answer(Stage(), Values.Floats([1, 1, 6], 10, 30, 30, 50, 0.1f, 0)));

    [Theory]
    [InlineData(null, 2)]
    [InlineData("""{"threshold": 0.8}""", 1)]
    [InlineData("""{"threshold": 0}""", 3)]
    [InlineData("""{"limit": 1}""", 1)]
    [InlineData("""{"limit": 0, "threshold": 0}""", 3)]
    [InlineData("""{"limit": 50, "threshold": 0}""", 3)]
    [InlineData("""{"iou": 0.1, "threshold": 0}""", 2)]
    public void Interpret_Parameters_GoBeforeThePackage(string? parameters, int expected)
    {
        var rows = Values.Floats([1, 3, 6], 0, 0, 10, 10, 0.9f, 0, 2, 0, 12, 10, 0.5f, 0, 40, 40, 50, 50, 0.1f, 1);

        Assert.Equal(expected, System.Text.Json.Nodes.JsonNode.Parse(Values.Answer(Stage(), rows, parameters))!["detections"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"threshold": -0.1}""", "$.parameters.threshold")]
    [InlineData("""{"threshold": "high"}""", "$.parameters.threshold")]
    [InlineData("""{"iou": 2}""", "$.parameters.iou")]
    [InlineData("""{"limit": 1.5}""", "$.parameters.limit")]
    public void Interpret_WrongParameter_IsNamed(string parameters, string field) => Assert.Equal(
        field, Support.InferenceParts.Problem(Values.Interpret(Stage(), [Values.Floats([1, 0, 6])], parameters).Error).Field);

    [Fact]
    public void Interpret_OutputOfAnotherShape_IsTheModelsFailure() =>
        Assert.Equal("serving.model_failed", Values.Interpret(Stage(), [Values.Floats([1, 1, 5], 1, 2, 3, 4, 5)]).Error?.Code);

    [Fact]
    public void ToOriginal_AfterToTarget_IsTheSamePixel() => Prop.ForAll(
        Gen.Choose(2, 5000).Two().ToArbitrary(),
        Gen.Choose(8, 1024).Two().ToArbitrary(),
        Gen.Choose(0, 1000).Two().ToArbitrary(),
        (original, target, part) =>
        {
            var scale = Math.Min(target.Item1 / (double)original.Item1, target.Item2 / (double)original.Item2);
            var geometry = new PictureGeometry(
                original.Item1, original.Item2, target.Item1, target.Item2, scale, scale,
                (target.Item1 - (original.Item1 * scale)) / 2, (target.Item2 - (original.Item2 * scale)) / 2);
            var (left, top) = (original.Item1 * part.Item1 / 2000.0, original.Item2 * part.Item2 / 2000.0);
            var (right, bottom) = (left + (original.Item1 / 2.0), top + (original.Item2 / 2.0));
            var (x1, y1) = geometry.ToTarget(left, top);
            var (x2, y2) = geometry.ToTarget(right, bottom);

            var found = Stage().Find([Values.Floats([1, 1, 6], (float)x1, (float)y1, (float)x2, (float)y2, 1, 0)], geometry, default);

            var box = Assert.Single(found.Value!).Box;
            Assert.True(
                Math.Abs(box.Left - left) < 1 && Math.Abs(box.Top - top) < 1 && Math.Abs(box.Right - right) < 1 && Math.Abs(box.Bottom - bottom) < 1,
                $"{box} of {left}, {top}, {right}, {bottom}");
        }).QuickCheckThrowOnFailure();

    private static DetectionStage Stage(BoxUnits units = BoxUnits.Pixels) =>
        new(new DetectionOptions(new EndToEndHead("out", BoxFormat.Xyxy), new ClassNames(["cat", "dog"], []), units, 0.25f, 1, 100));
}
