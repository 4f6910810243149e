using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Inference.Pipelines.Results;

/// <summary>Model values as a test writes them.</summary>
internal static class Values
{
    /// <summary>A picture that went into the model as it is: 100 × 100.</summary>
    public static PreparedInput Same { get; } = new([], new PictureGeometry(100, 100, 100, 100, 1, 1, 0, 0));

    public static PreparedInput NoPicture { get; } = new([], null);

    public static Tensor Floats(long[] shape, params float[] values) => Of(TensorType.Fp32, shape, values);

    public static Tensor Of<T>(TensorType type, long[] shape, params T[] values)
        where T : unmanaged => new("out", type, shape) { Data = MemoryMarshal.AsBytes<T>(values).ToArray() };

    public static Tensor Texts(params string[] texts) =>
        new("out", TensorType.Bytes, [texts.Length]) { Texts = [.. texts.Select(text => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(text)))] };

    public static JsonElement Parameters(string json) => JsonDocument.Parse(json).RootElement;

    /// <summary>The answer as JSON text.</summary>
    public static string Answer(IResultStage stage, ModelValue output, string? parameters = null, PreparedInput? input = null) =>
        Answer(stage, [output], parameters, input);

    public static string Answer(IResultStage stage, IReadOnlyList<ModelValue> outputs, string? parameters = null, PreparedInput? input = null)
    {
        var answer = Interpret(stage, outputs, parameters, input);
        Assert.True(answer.IsSuccess, $"{answer.Error}");
        return answer.Value.Json.ToJsonString();
    }

    public static Result<StageAnswer> Interpret(IResultStage stage, IReadOnlyList<ModelValue> outputs, string? parameters = null, PreparedInput? input = null) =>
        stage.Interpret(outputs, input ?? Same, parameters is null ? default : Parameters(parameters));

    /// <summary>Compares JSON by content; <paramref name="expected"/> may have white space.</summary>
    public static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
