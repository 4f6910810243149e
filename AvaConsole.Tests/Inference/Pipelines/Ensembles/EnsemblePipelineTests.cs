using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Tests.Inference.Pipelines.Results;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support.OnnxModels;

namespace AvaConsole.Tests.Inference.Pipelines.Ensembles;

/// <summary>Ensembles of made models, from a package's folder to the answer.</summary>
public sealed class EnsemblePipelineTests
{
    // Softmax over (1, 0, 0): e / (e + 2).
    private static readonly double s_sure = Math.Round((float)(Math.E / (Math.E + 2)), 7);

    [Fact]
    public async Task FindAndName_EachBox_HasTheColourOfItsOwnPart()
    {
        using var package = new EnsemblePackage();
        using var model = InferenceParts.Open(package.Content);

        var answer = await AskAsync(model);

        Assert.Equal(["left", "right"], Members(answer, "class"));
        Values.AssertJson("[[0, 0], [20, 0], [20, 20], [0, 20]]", answer["detections"]![0]!["pts"]!.ToJsonString());
        Values.AssertJson("[[20, 0], [40, 0], [40, 20], [20, 20]]", answer["detections"]![1]!["pts"]!.ToJsonString());
        Assert.Equal(["red", "blue"], Colors(answer));
        Assert.Equal(s_sure, (double)answer["detections"]![0]!["color"]!["confidences"]![0]!["score"]!, 6);
        Assert.Single(answer["detections"]![0]!["color"]!["confidences"]!.AsArray());
    }

    [Fact]
    public async Task FindAndName_Answer_HasTimesAndLeavesNothingInFlight()
    {
        using var package = new EnsemblePackage();
        using var model = InferenceParts.Open(package.Content);

        var answer = await InferenceParts.AskAsync(model, InferenceParts.Picture(EnsemblePackage.RedAndBlue));

        // The two crops were one batch.
        Assert.Equal(2, answer.Value!.Timing.BatchSize);
        Assert.True(answer.Value.Timing is { Run: > 0, Total: > 0 });
        Assert.Equal((0, 0), (model.Model.InFlight, model.Pipeline!.Others[0].InFlight));
        Assert.Equal(2, model.Pipeline.Others[0].Figures.Rows);
    }

    [Fact]
    public async Task Crop_ClassesAndMost_ChooseTheBoxes()
    {
        using var package = new EnsemblePackage(EnsemblePackage.FindAndName.Replace("crop: find}", "crop: find, classes: [right, middle], max_crops: 1}", StringComparison.Ordinal));
        using var model = InferenceParts.Open(package.Content);

        var answer = await AskAsync(model, """{"threshold": 0}""");

        Assert.Equal(["left", "right", "middle"], Members(answer, "class"));
        Assert.Equal([null, "blue", null], answer["detections"]!.AsArray().Select(one => (string?)one!["color"]?["confidences"]![0]!["class"]));
    }

    [Fact]
    public async Task Crop_NothingFound_RunsNothing()
    {
        using var package = new EnsemblePackage();
        using var model = InferenceParts.Open(package.Content);

        Assert.Equal("""{"detections":[]}""", (await AskAsync(model, """{"threshold": 0.9}""")).ToJsonString());
        Assert.Equal(0, model.Pipeline!.Others[0].Figures.Rows);
    }

    [Fact]
    public async Task Crop_ModelOfOneRow_IsRunForEachBox()
    {
        using var package = new EnsemblePackage().Add("namer.onnx", TestModels.FixedBatchOfOne());
        using var model = InferenceParts.Open(package.Content);

        Assert.Equal(["red", "blue"], Colors(await AskAsync(model)));
        Assert.False(model.Batchable);
    }

    [Theory]
    [InlineData("N")] // all rows at once
    [InlineData("1")] // each row by itself
    public async Task Rows_OfACrop_GoOnToFurtherSteps(string batch)
    {
        using var package = new EnsemblePackage("""
            pipeline: ensemble
            models:
              finder: {file: finder.onnx, pipeline: detection, labels: halves.txt}
              means: {file: means.onnx, input: {kind: picture, scale: 0.00392156862745098}}
              scores: {file: scores.onnx, pipeline: classification, labels: colors.txt, output: {top_k: 1}}
            steps:
              - {name: color, model: scores, inputs: {values: look.means}}
              - {name: look, model: means, crop: finder}
              - {model: finder}
            """);
        package.Add("means.onnx", batch == "N" ? GraphModels.Means(8) : OneRow()).Add("scores.onnx", GraphModels.Softmax());
        using var model = InferenceParts.Open(package.Content);

        Assert.True(model.WarmUp(default).IsSuccess);
        Assert.Equal(["red", "blue"], Colors(await AskAsync(model)));
    }

    [Fact]
    public async Task Steps_ThatDoNotNeedEachOther_AnswerUnderTheirNames()
    {
        using var package = new EnsemblePackage("""
            pipeline: ensemble
            models:
              finder: {file: finder.onnx, pipeline: detection, labels: halves.txt}
              namer: {file: namer.onnx, pipeline: classification, labels: colors.txt, output: {top_k: 1}}
            steps:
              - {name: find, model: finder}
              - {name: whole, model: namer}
            """);
        using var model = InferenceParts.Open(package.Content);

        var answer = await AskAsync(model, """{"find": {"limit": 1}}""");

        Assert.Equal(["find", "whole"], answer.Select(member => member.Key));
        Assert.Single(answer["find"]!["detections"]!.AsArray());
        Assert.Single(answer["whole"]!["confidences"]!.AsArray());
    }

    [Fact]
    public async Task Parameters_OfAStep_AreNamedWithIt()
    {
        using var package = new EnsemblePackage();
        using var model = InferenceParts.Open(package.Content);

        var all = await AskAsync(model, """{"color": {"top_k": 3}, "limit": 1}""");
        var wrong = await InferenceParts.AskAsync(model, InferenceParts.Picture(EnsemblePackage.RedAndBlue, """{"color": {"top_k": 0}}"""));

        Assert.Equal(3, Assert.Single(all["detections"]!.AsArray())!["color"]!["confidences"]!.AsArray().Count);
        Assert.Equal(("$.parameters.color.top_k", "request.top_k"), (InferenceParts.Problem(wrong.Error).Field, InferenceParts.Problem(wrong.Error).Code));
    }

    [Fact]
    public async Task Picture_ThatIsNone_IsNamedOnce()
    {
        using var package = new EnsemblePackage();
        using var model = InferenceParts.Open(package.Content);

        var answer = await InferenceParts.AskAsync(model, InferenceParts.Picture([1, 2, 3, 4]));

        Assert.Equal(("image", "picture.not_a_picture"), (InferenceParts.Problem(answer.Error).Field, InferenceParts.Problem(answer.Error).Code));
    }

    [Fact]
    public async Task Deadline_IsThatOfTheWholeRequest()
    {
        using var package = new EnsemblePackage().Add("namer.onnx", TestModels.Slow(20_000));
        using var model = InferenceParts.Open(package.Content, new BatchSettings(8, TimeSpan.Zero, 10, TimeSpan.FromMilliseconds(20)));

        var answer = await InferenceParts.AskAsync(model, InferenceParts.Picture(EnsemblePackage.RedAndBlue));

        Assert.Equal("serving.timeout", Assert.IsType<TimeoutError>(answer.Error).Code);
        Assert.Equal((0, 0), (model.Model.InFlight, model.Pipeline!.Others[0].InFlight));
        Assert.Equal((0, 1), (model.Figures.Success.Count, model.Figures.Fail.Count));
        Assert.Equal(["finder", "namer"], model.Parts.Select(part => part.Name));
    }

    // What a step gave is read where it lies. It must outlive a run that nobody waits for any more.
    [Fact]
    public async Task Deadline_WhileAnotherStepsTensorIsRead_LeavesItAlone()
    {
        using var package = new EnsemblePackage("""
            pipeline: ensemble
            models:
              map: {file: map.onnx, input: {kind: picture}}
              slow: {file: slow.onnx, pipeline: classification}
            steps:
              - {model: map}
              - {model: slow, inputs: {image: map.map}}
            """).Add("map.onnx", GraphModels.Map(8)).Add("slow.onnx", TestModels.Slow(20_000));
        using var model = InferenceParts.Open(package.Content, new BatchSettings(8, TimeSpan.Zero, 10, TimeSpan.FromMilliseconds(20)));

        for (var request = 0; request < 5; request++)
        {
            var answer = await InferenceParts.AskAsync(model, InferenceParts.Picture(EnsemblePackage.RedAndBlue));
            GC.Collect();

            Assert.IsNotType<InvalidError>(answer.Error);
            Assert.Null(answer.Value);
        }
    }

    [Fact]
    public async Task Cancelled_ByItsCaller_EndsEveryStep()
    {
        using var package = new EnsemblePackage().Add("namer.onnx", TestModels.Slow(20_000));
        using var model = InferenceParts.Open(package.Content);
        using var gone = new CancellationTokenSource();

        var asking = InferenceParts.AskAsync(model, InferenceParts.Picture(EnsemblePackage.RedAndBlue), gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal((0, 0), (model.Model.InFlight, model.Pipeline!.Others[0].InFlight));
    }

    [Fact]
    public async Task ManyRequests_AtOnce_EachGetTheirOwn()
    {
        using var package = new EnsemblePackage();
        using var model = InferenceParts.Open(package.Content);
        var swapped = TestPictures.Bmp(40, 20, 24, (x, _) => x < 20 ? TestPictures.Green : TestPictures.Red);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number =>
            Task.Run(() => InferenceParts.AskAsync(model, InferenceParts.Picture(number % 2 == 0 ? EnsemblePackage.RedAndBlue : swapped)))));

        Assert.All(answers.Select((answer, number) => (answer, number)), one =>
            Assert.Equal(one.number % 2 == 0 ? ["red", "blue"] : ["green", "red"], Colors(one.answer.Value!.Result)));
    }

    private static byte[] OneRow() => OnnxModelWriter.Write(new OnnxGraphWriter("means")
        .Input("pixels", OnnxType.Float, 1, 3, 8, 8)
        .Output("means", OnnxType.Float, 1, 3)
        .Node("GlobalAveragePool", ["pixels"], ["pooled"])
        .Node("Flatten", ["pooled"], ["means"]));

    private static async Task<JsonObject> AskAsync(OpenedModel model, string? parameters = null)
    {
        var answer = await InferenceParts.AskAsync(model, InferenceParts.Picture(EnsemblePackage.RedAndBlue, parameters));
        Assert.True(answer.IsSuccess, $"{answer.Error}");
        return answer.Value.Result;
    }

    private static IEnumerable<string?> Members(JsonObject answer, string name) => answer["detections"]!.AsArray().Select(one => (string?)one![name]);

    private static IEnumerable<string?> Colors(JsonObject answer) =>
        answer["detections"]!.AsArray().Select(one => (string?)one!["color"]!["confidences"]![0]!["class"]);
}
