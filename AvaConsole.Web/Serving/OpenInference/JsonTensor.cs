using System.Runtime.InteropServices;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>A tensor out of its JSON <c>data</c>.</summary>
internal static class JsonTensor
{
    /// <param name="at">On the opening bracket; afterwards behind the closing one, or where the fault is.</param>
    /// <param name="taken">Elements before the fault.</param>
    public static ElementFault Read(
        ReadOnlyMemory<byte> body, ReadOnlySpan<byte> json, ref int at, string name, TensorType type, long[] shape, int count, InferRequest request, out int taken)
    {
        if (type == TensorType.Bytes)
        {
            var texts = new ReadOnlyMemory<byte>[count];
            var sink = new TextSink(body, texts);
            var found = TensorData.Walk(json, ref at, shape, count, ref sink, out taken);
            request.Inputs.Add(new Tensor(name, type, shape) { Texts = texts });
            return found;
        }

        var bytes = count * TensorTypes.SizeOf(type);
        var memory = bytes == 0 ? [] : request.Rent(bytes);
        var fault = Fill(json, ref at, type, shape, count, memory.AsSpan(0, bytes), out taken);
        request.Inputs.Add(new Tensor(name, type, shape) { Data = memory.AsMemory(0, bytes) });
        return fault;
    }

    private static ElementFault Fill(ReadOnlySpan<byte> json, ref int at, TensorType type, long[] shape, int count, Span<byte> target, out int taken) => type switch
    {
        TensorType.Bool => Fill<byte, BooleanReader>(json, ref at, shape, count, target, out taken),
        TensorType.UInt8 => Fill<byte, IntegerReader<byte>>(json, ref at, shape, count, target, out taken),
        TensorType.UInt16 => Fill<ushort, IntegerReader<ushort>>(json, ref at, shape, count, target, out taken),
        TensorType.UInt32 => Fill<uint, IntegerReader<uint>>(json, ref at, shape, count, target, out taken),
        TensorType.UInt64 => Fill<ulong, IntegerReader<ulong>>(json, ref at, shape, count, target, out taken),
        TensorType.Int8 => Fill<sbyte, IntegerReader<sbyte>>(json, ref at, shape, count, target, out taken),
        TensorType.Int16 => Fill<short, IntegerReader<short>>(json, ref at, shape, count, target, out taken),
        TensorType.Int32 => Fill<int, IntegerReader<int>>(json, ref at, shape, count, target, out taken),
        TensorType.Int64 => Fill<long, IntegerReader<long>>(json, ref at, shape, count, target, out taken),
        TensorType.Fp16 => Fill<Half, HalfReader>(json, ref at, shape, count, target, out taken),
        TensorType.Fp32 => Fill<float, SingleReader>(json, ref at, shape, count, target, out taken),
        TensorType.Fp64 => Fill<double, DoubleReader>(json, ref at, shape, count, target, out taken),
        TensorType.Bf16 => Fill<ushort, BFloat16Reader>(json, ref at, shape, count, target, out taken),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static ElementFault Fill<T, TReader>(ReadOnlySpan<byte> json, ref int at, long[] shape, int count, Span<byte> target, out int taken)
        where T : unmanaged
        where TReader : IElementReader<T>
    {
        var sink = new NumberSink<T, TReader>(MemoryMarshal.Cast<byte, T>(target));
        return TensorData.Walk(json, ref at, shape, count, ref sink, out taken);
    }
}
