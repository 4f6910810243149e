using System.Buffers;
using System.Buffers.Binary;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>
/// The binary form of Triton's <c>binary_tensor_data</c> extension: elements in little-endian order without gaps, a BOOL as one byte, a BYTES
/// element as its length in four bytes and the bytes.
/// </summary>
internal static class BinaryTensors
{
    private const int LengthBytes = sizeof(uint);

    /// <summary>The elements of a BYTES tensor, in place; null where the lengths do not fill <paramref name="data"/> with <paramref name="count"/> of them.</summary>
    public static ReadOnlyMemory<byte>[]? ReadTexts(ReadOnlyMemory<byte> data, int count)
    {
        if ((long)count * LengthBytes > data.Length)
        {
            return null;
        }

        var texts = new ReadOnlyMemory<byte>[count];
        for (var index = 0; index < count; index++)
        {
            if (data.Length < LengthBytes)
            {
                return null;
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(data.Span);
            data = data[LengthBytes..];
            if (length > data.Length)
            {
                return null;
            }

            texts[index] = data[..(int)length];
            data = data[(int)length..];
        }

        return data.IsEmpty ? texts : null;
    }

    /// <summary>Every byte is 0 or 1: another would be neither true nor false to a model.</summary>
    public static bool AreBooleans(ReadOnlySpan<byte> data) => !data.ContainsAnyExceptInRange((byte)0, (byte)1);

    /// <summary>Bytes of the binary form.</summary>
    public static long SizeOf(Tensor tensor) =>
        tensor.Type == TensorType.Bytes ? tensor.Texts.Sum(text => (long)text.Length + LengthBytes) : tensor.Data.Length;

    public static void Write(Tensor tensor, IBufferWriter<byte> target)
    {
        if (tensor.Type != TensorType.Bytes)
        {
            target.Write(tensor.Data.Span);
            return;
        }

        foreach (var text in tensor.Texts)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target.GetSpan(LengthBytes), (uint)text.Length);
            target.Advance(LengthBytes);
            target.Write(text.Span);
        }
    }
}
