using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Support;

namespace AvaConsole.Tests.Inference.Pipelines.Results;

public sealed class ClassificationStageTests
{
    private static readonly ClassNames s_colors = new(["red", "green", "blue"], []);

    [Fact]
    public void Interpret_Probabilities_BestFirstWithLabels() => Values.AssertJson(
        """{"confidences": [{"index": 1, "class": "green", "score": 0.7}, {"index": 0, "class": "red", "score": 0.2}]}""",
        Values.Answer(Stage(topK: 2), Values.Floats([1, 3], 0.2f, 0.7f, 0.1f)));

    [Fact]
    public void Interpret_EqualScores_KeepTheirOrder() =>
        Assert.Equal(["red", "blue", "green"], Classes(Values.Answer(Stage(), Values.Floats([1, 3], 0.4f, 0.2f, 0.4f))));

    [Fact]
    public void Interpret_LogitsOfThousands_SoftmaxDoesNotOverflow() => Assert.Equal(
        """{"confidences":[{"index":2,"class":"blue","score":1},{"index":0,"class":"red","score":0},{"index":1,"class":"green","score":0}]}""",
        Values.Answer(Stage(Activation.Softmax), Values.Floats([1, 3], 10, -6000, 6081)));

    [Fact]
    public void Interpret_SigmoidWithThreshold_NamesEveryLabelThatHolds()
    {
        var stage = Stage(Activation.Sigmoid, threshold: 0.5f);

        // 1 / (1 + e^-2) = 0.880797, 1 / (1 + e^1) = 0.268941, 1 / (1 + e^-1) = 0.731059
        Assert.Equal(
            """{"confidences":[{"index":0,"class":"red","score":0.8807971},{"index":2,"class":"blue","score":0.7310586}]}""",
            Values.Answer(stage, Values.Floats([1, 3], 2, -1, 1)));
        Assert.Equal("""{"confidences":[]}""", Values.Answer(stage, Values.Floats([1, 3], -2, -1, -3)));
    }

    [Theory]
    [InlineData("""{"top_k": 1}""", 1)]
    [InlineData("""{"top_k": 50}""", 3)]
    [InlineData("""{"limit": 0}""", 3)]
    [InlineData("""{"limit": 2}""", 2)]
    [InlineData("""{"limit": 2, "top_k": 1}""", 1)]
    [InlineData("""{"threshold": 0.25}""", 2)]
    [InlineData("""{"top_k": null, "other": true}""", 2)]
    public void Interpret_Parameters_GoBeforeThePackage(string parameters, int expected) =>
        Assert.Equal(expected, Classes(Values.Answer(Stage(topK: 2), Values.Floats([1, 3], 0.5f, 0.3f, 0.2f), parameters)).Count);

    [Fact]
    public void Interpret_WrongParameters_AreAllNamed()
    {
        var answer = Values.Interpret(Stage(), [Values.Floats([1, 3], 1, 0, 0)], """{"top_k": 0, "limit": -1, "threshold": 1.5}""");

        var problems = Assert.IsType<InvalidError>(answer.Error).Problems;
        Assert.Equal(
            [("$.parameters.threshold", "request.number_between"), ("$.parameters.top_k", "request.top_k"), ("$.parameters.limit", "request.count_from")],
            problems.Select(problem => (problem.Field, problem.Code)));
    }

    [Fact]
    public void Interpret_ZipMap_NamesClassesByTheirKeys()
    {
        var keys = Values.Of(TensorType.Int64, [2], 7L, 1234567890123456789L);
        var map = new MapValue("", keys, Values.Floats([2], 0.25f, 0.75f));
        var stage = new ClassificationStage(new ClassificationOptions("out", ClassNames.None, Activation.None, 5, 0));

        Assert.Equal(["1234567890123456789", "7"], Classes(Values.Answer(stage, new SequenceValue("out", [map]))));
        Assert.Equal(["no", "yes"], Classes(Values.Answer(stage, new MapValue("out", Values.Texts("yes", "no"), Values.Floats([2], 0.25f, 0.75f)))));
    }

    [Fact]
    public void Interpret_HalfPrecision_IsRead() => Assert.Equal(
        ["green", "red", "blue"], Classes(Values.Answer(Stage(), Values.Of(TensorType.Fp16, [1, 3, 1, 1], (Half)0.25, (Half)0.5, (Half)0.125))));

    [Fact]
    public void Interpret_ChineseNames_AreAdded() => Assert.Contains(
        "\"label_cn\":\"\\u7EA2\"",
        Values.Answer(new ClassificationStage(new ClassificationOptions("out", new ClassNames(["red"], ["红"]), Activation.None, 1, 0)), Values.Floats([1], 1)),
        StringComparison.Ordinal);

    [Fact]
    public void Interpret_NotANumber_IsTheModelsFailure()
    {
        Assert.Equal("serving.model_failed", Values.Interpret(Stage(), [Values.Floats([1, 3], 1, float.NaN, 0)]).Error?.Code);
        Assert.Equal("serving.model_failed", Values.Interpret(Stage(), [Values.Texts("a")]).Error?.Code);
        Assert.Equal("serving.model_failed", Values.Interpret(Stage(), [Values.Floats([1, 0])]).Error?.Code);
    }

    private static ClassificationStage Stage(Activation activation = Activation.None, int topK = 5, float threshold = 0) =>
        new(new ClassificationOptions("out", s_colors, activation, topK, threshold));

    private static List<string> Classes(string answer) =>
        [.. System.Text.Json.Nodes.JsonNode.Parse(answer)!["confidences"]!.AsArray().Select(one => (string)one!["class"]!)];
}
