using System.Text;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Inference.Pipelines.Inputs;

public sealed class TensorInputTests
{
    [Theory]
    [InlineData("[[1, 2], [3, 4]]", new long[] { 2, 2 }, new long[] { -1, 2 })]
    [InlineData("[1, 2, 3, 4]", new long[] { 2, 2 }, new long[] { -1, 2 })]
    [InlineData("[1, 2, 3, 4]", new long[] { 1, 4 }, new long[] { -1, -1 })]
    [InlineData("[[1, 2, 3, 4]]", new long[] { 1, 1, 4 }, new long[] { 1, 1, 4 })]
    [InlineData("[1, 2, 3, 4]", new long[] { 4 }, new long[] { 4 })]
    [InlineData("[[[1, 2, 3, 4]]]", new long[] { 1, 1, 1, 4 }, new long[] { -1, 1, -1, 4 })]
    public void Prepare_JsonArrays_TakeTheModelsShape(string json, long[] expected, long[] shape)
    {
        using var prepared = Stage.Create("input: {kind: tensor}", Stage.Port(TensorType.Fp32, shape)).Prepare(json);

        Assert.Equal(expected, prepared.Tensors[0].Shape);
        Assert.Equal([1, 2, 3, 4], prepared.Tensors[0].Numbers());
    }

    [Fact]
    public void Prepare_Scalar_IsOneNumber()
    {
        using var prepared = Stage.Create("input: {kind: tensor}", Stage.Port(TensorType.Fp64)).Prepare("2.5");

        Assert.Empty(prepared.Tensors[0].Shape);
        Assert.Equal([2.5], prepared.Tensors[0].Numbers());
    }

    [Fact]
    public void Prepare_LengthOfZero_IsLegal()
    {
        using var prepared = Stage.Create("input: {kind: tensor}", Stage.Port(TensorType.Fp32, -1, 3)).Prepare("[]");

        Assert.Equal([0, 3], prepared.Tensors[0].Shape);
    }

    [Fact]
    public void Prepare_LargeWholeNumbers_KeepEveryDigit()
    {
        using var prepared = Stage.Create("input: {kind: tensor}", Stage.Port(TensorType.Int64, -1)).Prepare("[9007199254740993, -9223372036854775808]");
        using var unsigned = Stage.Create("input: {kind: tensor}", Stage.Port(TensorType.UInt64, -1)).Prepare("[18446744073709551615]");

        Assert.Equal([9007199254740993, long.MinValue], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(prepared.Tensors[0].Data.Span).ToArray());
        Assert.Equal(ulong.MaxValue, BitConverter.ToUInt64(unsigned.Tensors[0].Data.Span));
    }

    [Theory]
    [InlineData(TensorType.Bool, "[true, false, 1]", new double[] { 1, 0, 1 })]
    [InlineData(TensorType.UInt8, "[0, 7, 255]", new double[] { 0, 7, 255 })]
    [InlineData(TensorType.Int8, "[-128, 0, 127]", new double[] { -128, 0, 127 })]
    [InlineData(TensorType.Fp16, "[0.5, -2, 65504]", new[] { 0.5, -2, 65504 })]
    [InlineData(TensorType.Bf16, "[1, 0.5, 1e10]", new[] { 1, 0.5, 9999220736 })]
    public void Prepare_EachType_IsKept(TensorType type, string json, double[] expected)
    {
        using var prepared = Stage.Create("input: {kind: tensor}", Stage.Port(type, 3)).Prepare(json);

        Assert.Equal(expected, prepared.Tensors[0].Numbers());
    }

    [Fact]
    public void Prepare_Texts_StayTexts()
    {
        using var prepared = Stage.Create("input: {kind: tensor}", Stage.Port(TensorType.Bytes, -1, 2)).Prepare("""[["a", "ä"], ["", "世"]]""");

        Assert.Equal([2, 2], prepared.Tensors[0].Shape);
        Assert.Equal(["a", "ä", "", "世"], prepared.Tensors[0].Texts.Select(text => Encoding.UTF8.GetString(text.Span)));
    }

    [Theory]
    [InlineData(TensorType.Fp32, "[[1, 2], [3]]", "payload.uneven", "data[1]")]
    [InlineData(TensorType.Fp32, "[1, [2]]", "payload.uneven", "data[1]")]
    [InlineData(TensorType.Fp32, "[[1], 2]", "payload.uneven", "data[1]")]
    [InlineData(TensorType.Fp32, "[[1, 2], [3, \"4\"]]", "payload.not_of_type", "data[1][1]")]
    [InlineData(TensorType.Fp32, "[1, null]", "payload.not_of_type", "data[1]")]
    [InlineData(TensorType.Fp32, "[1e39]", "payload.not_of_type", "data[0]")]
    [InlineData(TensorType.Fp16, "[1e6]", "payload.not_of_type", "data[0]")]
    [InlineData(TensorType.Int8, "[128]", "payload.not_of_type", "data[0]")]
    [InlineData(TensorType.UInt8, "[1.5]", "payload.not_of_type", "data[0]")]
    [InlineData(TensorType.Fp32, "[1, {}]", "payload.not_of_type", "data[1]")]
    [InlineData(TensorType.Fp32, "[1, 2, 3]", "payload.shape_differs", "data")]
    [InlineData(TensorType.Fp32, "[1, 2", "payload.not_json", "data")]
    [InlineData(TensorType.Fp32, "[[[[[[[[[1]]]]]]]]]", "payload.too_deep", "data[0][0][0][0][0][0][0][0]")]
    public void Prepare_WrongJson_NamesThePlace(TensorType type, string json, string code, string field)
    {
        var problem = Stage.Create("input: {kind: tensor}", Stage.Port(type, -1, 2)).Refuse(json);

        Assert.Equal((code, field), (problem.Code, problem.Field));
    }

    [Fact]
    public void Prepare_Bytes_AreTakenAsTheyAre()
    {
        var stage = Stage.Create("input: {format: bytes}", Stage.Port(TensorType.Int16, -1, 2));

        using var prepared = stage.Prepare(("data", [1, 0, 2, 0, 3, 0, 255, 255]));

        Assert.Equal([2, 2], prepared.Tensors[0].Shape);
        Assert.Equal([1, 2, 3, -1], prepared.Tensors[0].Numbers());
        Assert.Equal("payload.bytes_differ", stage.Refuse(("data", [1, 2, 3])).Code);
        Assert.Equal("payload.bytes_differ", stage.Refuse(("data", [1, 0])).Code);
    }

    [Fact]
    public void Create_NothingDescribed_TakesEachInputByItsName()
    {
        var stage = Stage.Create(
            "{}", new ModelPort("a", PortKind.Tensor, TensorType.Int32, [-1, 2]), new ModelPort("b", PortKind.Tensor, TensorType.Bytes, [1]));

        using var prepared = stage.Prepare(("b", "hello"u8.ToArray()), ("a", "[[1, 2]]"u8.ToArray()));

        Assert.Equal(["a", "b"], prepared.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1, 2], prepared.Tensors[0].Numbers());
    }

    [Theory]
    [InlineData("input: {tensor: c}", "package.tensor_unknown")]
    [InlineData("inputs: [{tensor: a}, {tensor: a}, {tensor: b}]", "package.tensor_twice")]
    [InlineData("input: {tensor: a}", "package.inputs_left")]
    [InlineData("inputs: [{tensor: a}, {tensor: b}, {kind: tensor}]", "package.inputs_too_many")]
    [InlineData("inputs: [{tensor: b}, {tensor: a, shape: [3, 3]}]", "package.tensor_shape")]
    public void Create_InputsThatAreNotTheModels_AreNamed(string yaml, string code) => Assert.Equal(code, Stage.Refusal(
        yaml, new ModelPort("a", PortKind.Tensor, TensorType.Int32, [-1, 2]), new ModelPort("b", PortKind.Tensor, TensorType.Bytes, [1])).Code);
}
