using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Support;

namespace AvaConsole.Tests.Inference.Pipelines.Results;

/// <summary>Embeddings, regressions and raw tensors.</summary>
public sealed class VectorStagesTests
{
    [Fact]
    public void Embedding_Vector_IsNumbersTextAndStream()
    {
        var stage = new EmbeddingStage(new EmbeddingOptions("out", Normalize: false, EmbeddingForm.Json));
        var output = Values.Floats([1, 2], 1, -0.1f);

        var answer = Values.Interpret(stage, [output]);

        Assert.Equal("""{"feature":[1,-0.1]}""", answer.Value?.Json.ToJsonString());
        Assert.Equal([0, 0, 0x80, 0x3F, 0xCD, 0xCC, 0xCC, 0xBD], answer.Value?.Octets?.ToArray());
        Assert.Equal("""{"feature":"AACAP83MzL0="}""", Values.Answer(stage, output, """{"form": "base64"}"""));
    }

    [Fact]
    public void Embedding_Normalized_HasLengthOne()
    {
        var stage = new EmbeddingStage(new EmbeddingOptions("out", Normalize: true, EmbeddingForm.Json));

        Assert.Equal("""{"feature":[0.6,0.8]}""", Values.Answer(stage, Values.Floats([1, 2], 3, 4)));
        Assert.Equal("""{"feature":[0,0]}""", Values.Answer(stage, Values.Floats([1, 2], 0, 0)));
    }

    [Theory]
    [InlineData("""{"form": "binary"}""")]
    [InlineData("""{"form": 3}""")]
    public void Embedding_WrongForm_IsNamed(string parameters)
    {
        var stage = new EmbeddingStage(new EmbeddingOptions("out", Normalize: false, EmbeddingForm.Json));

        Assert.Equal("$.parameters.form", InferenceParts.Problem(Values.Interpret(stage, [Values.Floats([1], 1)], parameters).Error).Field);
    }

    [Fact]
    public void Embedding_NotANumber_IsTheModelsFailure() => Assert.Equal(
        "serving.model_failed",
        Values.Interpret(new EmbeddingStage(new EmbeddingOptions("out", false, EmbeddingForm.Json)), [Values.Floats([2], 1, float.NaN)]).Error?.Code);

    [Fact]
    public void Regression_NamedValues_HaveUnits()
    {
        var stage = new RegressionStage(new RegressionOptions("out", ["age", "height"], ["years", "cm"], 1, 0));

        Assert.Equal(
            """{"values":[{"name":"age","value":31.5,"unit":"years"},{"name":"height","value":0.1,"unit":"cm"}]}""",
            Values.Answer(stage, Values.Floats([1, 2], 31.5f, 0.1f)));
        Assert.Equal("serving.model_failed", Values.Interpret(stage, [Values.Floats([1, 3], 1, 2, 3)]).Error?.Code);
        Assert.Equal("serving.model_failed", Values.Interpret(stage, [Values.Floats([1, 2], 1, float.PositiveInfinity)]).Error?.Code);
    }

    [Fact]
    public void Regression_ScaleAndOffset_AreApplied() => Assert.Equal(
        """{"values":[{"name":"0","value":21.5},{"name":"1","value":-1}]}""",
        Values.Answer(new RegressionStage(new RegressionOptions("out", [], [], 10, 1.5f)), Values.Floats([2], 2, -0.25f)));

    [Fact]
    public void Raw_EveryType_KeepsItsDigits()
    {
        var stage = new RawStage([]);

        Assert.Equal(
            """{"outputs":[{"name":"out","datatype":"INT64","shape":[2],"data":[9007199254740993,-9223372036854775808]},{"name":"out","datatype":"UINT64","shape":[],"data":[18446744073709551615]}]}""",
            Values.Answer(stage, [Values.Of(TensorType.Int64, [2], 9007199254740993L, long.MinValue), Values.Of(TensorType.UInt64, [], ulong.MaxValue)]));
        Assert.Equal(
            """{"outputs":[{"name":"out","datatype":"FP32","shape":[1,2],"data":[0.1,16777216]},{"name":"out","datatype":"FP64","shape":[1],"data":[0.1]}]}""",
            Values.Answer(stage, [Values.Floats([1, 2], 0.1f, 16777216), Values.Of(TensorType.Fp64, [1], 0.1)]));
        Assert.Equal(
            """{"outputs":[{"name":"out","datatype":"BOOL","shape":[2],"data":[true,false]},{"name":"out","datatype":"INT8","shape":[1],"data":[-5]},{"name":"out","datatype":"UINT32","shape":[1],"data":[4294967295]}]}""",
            Values.Answer(stage, [Values.Of(TensorType.Bool, [2], true, false), Values.Of(TensorType.Int8, [1], (sbyte)-5), Values.Of(TensorType.UInt32, [1], uint.MaxValue)]));
        Assert.Equal(
            """{"outputs":[{"name":"out","datatype":"FP32","shape":[0,4],"data":[]}]}""", Values.Answer(stage, Values.Floats([0, 4])));
    }

    [Fact]
    public void Raw_Texts_AreTextsWhereTheyAreUtf8() => Assert.Equal(
        """{"outputs":[{"name":"out","datatype":"BYTES","shape":[2],"data":["a",{"base64":"/w=="}]}]}""",
        Values.Answer(new RawStage([]), new Tensor("out", TensorType.Bytes, [2]) { Texts = [new byte[] { (byte)'a' }, new byte[] { 0xFF }] }));

    [Fact]
    public void Raw_SequenceOfMaps_IsObjects() => Assert.Equal(
        """{"outputs":[{"name":"probabilities","sequence":[{"map":{"-1":0.25,"4":0.75}},{"map":{}}]}]}""",
        Values.Answer(
            new RawStage([]),
            new SequenceValue(
                "probabilities",
                [
                    new MapValue("", Values.Of(TensorType.Int64, [2], -1L, 4), Values.Floats([2], 0.25f, 0.75f)),
                    new MapValue("", Values.Of<long>(TensorType.Int64, [0]), Values.Floats([0])),
                ])));

    [Fact]
    public void Raw_NotANumber_NamesTheOutput()
    {
        var answer = Values.Interpret(new RawStage([]), [Values.Floats([1], 1), Values.Of(TensorType.Fp64, [1], double.NaN) with { Name = "log" }]);

        Assert.Equal(("serving.not_finite", "log"), (answer.Error?.Code, answer.Error?.Args[0]));
    }
}
