using AvaConsole.Core.Common;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Tensors;
using static AvaConsole.Tests.Inference.Execution.TensorModelFixture;

namespace AvaConsole.Tests.Inference.Execution;

public sealed class RequestCheckTests
{
    private static readonly RequestCheck s_check = new(new ModelSignature(
        [
            new ModelPort("x", PortKind.Tensor, TensorType.Fp32, [-1, 2]),
            new ModelPort("t", PortKind.Tensor, TensorType.Bytes, [-1]),
            new ModelPort("k", PortKind.Tensor, TensorType.Int64, [], IsOptional: true),
            new ModelPort("s", PortKind.Sequence, TensorType.Fp32, [], IsOptional: true),
        ],
        [new ModelPort("y", PortKind.Tensor, TensorType.Fp32, [-1, 2]), new ModelPort("z", PortKind.Tensor, TensorType.Fp32, [-1, 2])]));

    private static readonly Tensor s_x = Floats("x", [1, 2], 1, 2);
    private static readonly Tensor s_t = new("t", TensorType.Bytes, [1]) { Texts = ["a"u8.ToArray()] };

    public static TheoryData<string, Problem> Wrong => new()
    {
        { "unknown", new Problem("inputs.q", "tensor.input_unknown", "q", "x, t, k, s") },
        { "duplicate", new Problem("inputs.x", "tensor.input_duplicate", "x") },
        { "missing", new Problem("inputs.t", "tensor.input_missing", "t", "BYTES", "[-1]") },
        { "type", new Problem("inputs.x", "tensor.type", "x", "FP64", "FP32") },
        { "rank", new Problem("inputs.x", "tensor.rank", "x", "[2]", "[-1, 2]") },
        { "dimension", new Problem("inputs.x", "tensor.dimension", "x", "[1, 3]", "[-1, 2]", 1, 2L) },
        { "negative", new Problem("inputs.x", "tensor.dimension_negative", "x", "[-1, 2]", 0) },
        { "bytes", new Problem("inputs.x", "tensor.byte_length", "x", "[1, 2]", "FP32", "8", 4) },
        { "huge", new Problem("inputs.x", "tensor.byte_length", "x", "[9223372036854775807, 2]", "FP32", "73786976294838206456", 8) },
        { "texts", new Problem("inputs.t", "tensor.element_count", "t", "[1]", "1", 2) },
        { "rows", new Problem("inputs.t", "tensor.rows_differ", "t", 2L, "x", 1L) },
        { "sequence", new Problem("inputs.s", "tensor.input_not_tensor", "s", "SEQUENCE") },
        { "output", new Problem("outputs.q", "tensor.output_unknown", "q", "y, z") },
        { "outputs", new Problem("outputs.y", "tensor.output_duplicate", "y") },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_OneThingWrong_SaysWhatAndWhere(string what, Problem expected)
    {
        var problem = Assert.Single(s_check.Check(Make(what), inRows: true));

        Assert.Equal((expected.Field, expected.Code), (problem.Field, problem.Code));
        Assert.Equal(expected.Args, problem.Args);
    }

    [Fact]
    public void Check_Right_FindsNothing()
    {
        Assert.Empty(s_check.Check(new TensorRequest([s_x, s_t], []), inRows: true));
        Assert.Empty(s_check.Check(new TensorRequest([s_t, new Tensor("k", TensorType.Int64, []) { Data = new byte[8] }, s_x], ["z"]), inRows: false));
    }

    [Fact]
    public void Check_SeveralThingsWrong_SaysThemAll() =>
        Assert.Equal(
            ["tensor.type", "tensor.byte_length", "tensor.input_missing", "tensor.output_unknown"],
            s_check.Check(new TensorRequest([s_x with { Type = TensorType.Int32, Data = new byte[1] }], ["no"]), inRows: true).Select(problem => problem.Code));

    private static TensorRequest Make(string what) => what switch
    {
        "unknown" => new([s_x, s_t, s_x with { Name = "q" }], []),
        "duplicate" => new([s_x, s_t, s_x], []),
        "missing" => new([s_x], []),
        "type" => new([new Tensor("x", TensorType.Fp64, [1, 2]) { Data = new byte[16] }, s_t], []),
        "rank" => new([s_x with { Shape = [2] }, s_t], []),
        "dimension" => new([s_x with { Shape = [1, 3] }, s_t], []),
        "negative" => new([s_x with { Shape = [-1, 2] }, s_t], []),
        "bytes" => new([s_x with { Data = new byte[4] }, s_t], []),
        "huge" => new([s_t with { Shape = [1] }, s_x with { Shape = [long.MaxValue, 2] }], []),
        "texts" => new([s_x, s_t with { Texts = ["a"u8.ToArray(), "b"u8.ToArray()] }], []),
        "rows" => new([s_x, new Tensor("t", TensorType.Bytes, [2]) { Texts = ["a"u8.ToArray(), "b"u8.ToArray()] }], []),
        "sequence" => new([s_x, s_t, s_x with { Name = "s" }], []),
        "output" => new([s_x, s_t], ["q"]),
        _ => new([s_x, s_t], ["y", "z", "y"]),
    };
}
