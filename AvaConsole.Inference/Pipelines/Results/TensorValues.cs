using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>The numbers of tensors, whatever type they are stored in.</summary>
internal static class TensorValues
{
    /// <summary>True for every type but text.</summary>
    public static bool IsNumeric(TensorType type) => type != TensorType.Bytes;

    public static bool IsFloating(TensorType type) => type is TensorType.Fp16 or TensorType.Bf16 or TensorType.Fp32 or TensorType.Fp64;

    /// <summary>The elements in order. FP32 is read where it lies; the others are converted.</summary>
    /// <exception cref="InvalidOperationException">It holds text.</exception>
    public static ReadOnlySpan<float> Floats(Tensor tensor)
    {
        var bytes = tensor.Data.Span;
        return tensor.Type switch
        {
            TensorType.Fp32 => MemoryMarshal.Cast<byte, float>(bytes),
            TensorType.Fp64 => Convert<double>(bytes, static value => (float)value),
            TensorType.Fp16 => Convert<Half>(bytes, static value => (float)value),
            TensorType.Bf16 => Convert<ushort>(bytes, FromBf16),
            TensorType.Int64 => Convert<long>(bytes, static value => value),
            TensorType.Int32 => Convert<int>(bytes, static value => value),
            TensorType.Int16 => Convert<short>(bytes, static value => value),
            TensorType.Int8 => Convert<sbyte>(bytes, static value => value),
            TensorType.UInt64 => Convert<ulong>(bytes, static value => value),
            TensorType.UInt32 => Convert<uint>(bytes, static value => value),
            TensorType.UInt16 => Convert<ushort>(bytes, static value => value),
            TensorType.UInt8 or TensorType.Bool => Convert<byte>(bytes, static value => value),
            _ => throw new InvalidOperationException($"{tensor.Name} holds text."),
        };
    }

    /// <summary>One element as text: numbers with every digit, texts as they are.</summary>
    public static string Text(Tensor tensor, int index)
    {
        if (tensor.Type == TensorType.Bytes)
        {
            return Encoding.UTF8.GetString(tensor.Texts[index].Span);
        }

        var bytes = tensor.Data.Span;
        return tensor.Type switch
        {
            TensorType.Int64 => At<long>(bytes, index).ToString(CultureInfo.InvariantCulture),
            TensorType.UInt64 => At<ulong>(bytes, index).ToString(CultureInfo.InvariantCulture),
            TensorType.Fp64 => At<double>(bytes, index).ToString("R", CultureInfo.InvariantCulture),
            _ => Floats(tensor)[index].ToString("R", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>BF16 is the upper half of an FP32.</summary>
    public static float FromBf16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private static T At<T>(ReadOnlySpan<byte> bytes, int index)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes)[index];

    private static ReadOnlySpan<float> Convert<T>(ReadOnlySpan<byte> bytes, Func<T, float> convert)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        var floats = new float[values.Length];
        for (var index = 0; index < floats.Length; index++)
        {
            floats[index] = convert(values[index]);
        }

        return floats;
    }
}
