using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Inference.Pipelines.Inputs;

/// <summary>Makes input stages from YAML and ports, and looks at what they give.</summary>
internal static class Stage
{
    public static ModelPort Port(TensorType type, params long[] shape) => new("x", PortKind.Tensor, type, shape);

    public static IInputStage Create(string yaml, params ModelPort[] ports) => Create(yaml, "", ports);

    public static IInputStage Create(string yaml, string folder, params ModelPort[] ports)
    {
        var stage = TryCreate(yaml, folder, ports);
        Assert.True(stage.IsSuccess, stage.Error is InvalidError invalid ? string.Join('\n', invalid.Problems) : "");
        return stage.Value;
    }

    /// <summary>The only reason why there is no stage.</summary>
    public static Problem Refusal(string yaml, params ModelPort[] ports) =>
        Assert.Single(Assert.IsType<InvalidError>(TryCreate(yaml, "", ports).Error).Problems);

    public static Result<IInputStage> TryCreate(string yaml, string folder, params ModelPort[] ports)
    {
        var description = ServiceYaml.Parse(yaml);
        Assert.True(description.IsSuccess, description.Error is InvalidError invalid ? string.Join('\n', invalid.Problems) : "");
        return InputStages.Create(description.Value, new ModelSignature(ports, []), folder);
    }

    public static PreparedInput Prepare(this IInputStage stage, params (string Entry, byte[] Bytes)[] payload)
    {
        var prepared = stage.Prepare(Request(payload));
        Assert.True(prepared.IsSuccess, prepared.Error is InvalidError invalid ? string.Join('\n', invalid.Problems) : "");
        return prepared.Value;
    }

    public static PreparedInput Prepare(this IInputStage stage, byte[] bytes) => stage.Prepare(("data", bytes));

    public static PreparedInput Prepare(this IInputStage stage, string text) => stage.Prepare(("data", Encoding.UTF8.GetBytes(text)));

    /// <summary>The only problem of a request.</summary>
    public static Problem Refuse(this IInputStage stage, params (string Entry, byte[] Bytes)[] payload) =>
        Assert.Single(Assert.IsType<InvalidError>(stage.Prepare(Request(payload)).Error).Problems);

    public static Problem Refuse(this IInputStage stage, string text) => stage.Refuse(("data", Encoding.UTF8.GetBytes(text)));

    public static double[] Numbers(this Tensor tensor) =>
        Enumerable.Range(0, (int)tensor.Count).Select(index => TensorNumbers.At(tensor.Type, tensor.Data.Span, index)).ToArray();

    private static InferenceRequest Request((string Entry, byte[] Bytes)[] payload) =>
        new(payload.ToDictionary(pair => pair.Entry, pair => (ReadOnlyMemory<byte>)pair.Bytes), default);
}
