using System.Runtime.InteropServices;

namespace AvaConsole.Inference.Tensors;

/// <summary>Numbers of tensors, read in one type.</summary>
public static class TensorNumbers
{
    public static bool IsFloating(TensorType type) => type is TensorType.Fp16 or TensorType.Bf16 or TensorType.Fp32 or TensorType.Fp64;

    /// <summary>A copy of the elements as floats, whatever type they have; large integers and doubles are rounded.</summary>
    /// <exception cref="InvalidOperationException">They are text.</exception>
    public static float[] ToFloats(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var bytes = tensor.Data.Span;
        return tensor.Type switch
        {
            TensorType.Fp32 => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            TensorType.Fp64 => Convert<double>(bytes, value => (float)value),
            TensorType.Fp16 => Convert<Half>(bytes, value => (float)value),
            TensorType.Bf16 => Convert<ushort>(bytes, BFloat16.ToSingle),
            TensorType.Bool or TensorType.UInt8 => Convert<byte>(bytes, value => value),
            TensorType.Int8 => Convert<sbyte>(bytes, value => value),
            TensorType.UInt16 => Convert<ushort>(bytes, value => value),
            TensorType.Int16 => Convert<short>(bytes, value => value),
            TensorType.UInt32 => Convert<uint>(bytes, value => value),
            TensorType.Int32 => Convert<int>(bytes, value => value),
            TensorType.UInt64 => Convert<ulong>(bytes, value => value),
            TensorType.Int64 => Convert<long>(bytes, value => value),
            _ => throw new InvalidOperationException($"A tensor of type {tensor.Type} does not hold numbers."),
        };
    }

    /// <summary>One element as a number; of 64-bit integers a double may not tell neighbours apart.</summary>
    /// <param name="data">Elements of the type, which is not text.</param>
    public static double At(TensorType type, ReadOnlySpan<byte> data, int index)
    {
        var place = data[(index * TensorTypes.SizeOf(type))..];
        return type switch
        {
            TensorType.Fp32 => MemoryMarshal.Read<float>(place),
            TensorType.Fp16 => (double)MemoryMarshal.Read<Half>(place),
            TensorType.Bf16 => BFloat16.ToSingle(MemoryMarshal.Read<ushort>(place)),
            TensorType.Fp64 => MemoryMarshal.Read<double>(place),
            TensorType.Int8 => (sbyte)place[0],
            TensorType.UInt16 => MemoryMarshal.Read<ushort>(place),
            TensorType.Int16 => MemoryMarshal.Read<short>(place),
            TensorType.UInt32 => MemoryMarshal.Read<uint>(place),
            TensorType.Int32 => MemoryMarshal.Read<int>(place),
            TensorType.UInt64 => MemoryMarshal.Read<ulong>(place),
            TensorType.Int64 => MemoryMarshal.Read<long>(place),
            _ => place[0],
        };
    }

    private static float[] Convert<T>(ReadOnlySpan<byte> bytes, Func<T, float> convert)
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
