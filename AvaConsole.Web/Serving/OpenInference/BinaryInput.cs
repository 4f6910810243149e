using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>A tensor out of the bytes behind the JSON.</summary>
internal static class BinaryInput
{
    /// <summary>Adds the tensor to the request; otherwise what is wrong with it, without a field.</summary>
    public static Problem? Take(string name, TensorType type, long[] shape, int count, ReadOnlyMemory<byte> data, InferRequest request)
    {
        if (type == TensorType.Bytes)
        {
            return AddTexts(name, shape, count, data, request);
        }

        var size = (long)count * TensorTypes.SizeOf(type);
        if (size != data.Length)
        {
            return new Problem("", "oip.binary_size", data.Length, size);
        }

        if (type == TensorType.Bool && !BinaryTensors.AreBooleans(data.Span))
        {
            return new Problem("", "oip.binary_boolean");
        }

        request.Inputs.Add(new Tensor(name, type, shape) { Data = Aligned(data, TensorTypes.SizeOf(type), request) });
        return null;
    }

    private static Problem? AddTexts(string name, long[] shape, int count, ReadOnlyMemory<byte> data, InferRequest request)
    {
        if (BinaryTensors.ReadTexts(data, count) is not { } texts)
        {
            return new Problem("", "oip.binary_texts", count);
        }

        request.Inputs.Add(new Tensor(name, TensorType.Bytes, shape) { Texts = texts });
        return null;
    }

    /// <summary>A tensor that begins between two of its elements' natural places is moved: kernels may count on them.</summary>
    private static ReadOnlyMemory<byte> Aligned(ReadOnlyMemory<byte> data, int size, InferRequest request)
    {
        if (data.IsEmpty || IsAligned(data.Span, size))
        {
            return data;
        }

        var moved = request.Rent(data.Length).AsMemory(0, data.Length);
        data.CopyTo(moved);
        return moved;
    }

    private static unsafe bool IsAligned(ReadOnlySpan<byte> data, int size)
    {
        // Arrays move in whole words only, so that what holds now holds on.
        fixed (byte* first = data)
        {
            return (nuint)first % (nuint)size == 0;
        }
    }
}
