using System.Numerics;
using System.Runtime.InteropServices;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Numbers to the elements of a tensor. Whole types take the nearest number that they have; NaN becomes 0 there.</summary>
internal static class Elements
{
    /// <param name="target">As long as the values in the type.</param>
    public static void Write(TensorType type, Span<byte> target, ReadOnlySpan<float> values)
    {
        switch (type)
        {
            case TensorType.Fp32:
                MemoryMarshal.AsBytes(values).CopyTo(target);
                break;
            case TensorType.Fp16:
                Convert(values, MemoryMarshal.Cast<byte, Half>(target), static value => (Half)value);
                break;
            case TensorType.Bf16:
                Convert(values, MemoryMarshal.Cast<byte, ushort>(target), BFloat16.FromSingle);
                break;
            case TensorType.Fp64:
                Convert(values, MemoryMarshal.Cast<byte, double>(target), static value => value);
                break;
            case TensorType.Bool:
                Convert(values, target, static value => (byte)(value != 0 ? 1 : 0));
                break;
            default:
                WriteWhole(type, target, values);
                break;
        }
    }

    /// <summary>One number at an index.</summary>
    public static void Write(TensorType type, Span<byte> target, int index, double value)
    {
        var size = TensorTypes.SizeOf(type);
        var place = target.Slice(index * size, size);
        switch (type)
        {
            case TensorType.Fp64:
                MemoryMarshal.Write(place, value);
                break;
            case TensorType.Int64:
                MemoryMarshal.Write(place, Whole<long>(value));
                break;
            case TensorType.UInt64:
                MemoryMarshal.Write(place, Whole<ulong>(value));
                break;
            case TensorType.Int32:
                MemoryMarshal.Write(place, Whole<int>(value));
                break;
            case TensorType.UInt32:
                MemoryMarshal.Write(place, Whole<uint>(value));
                break;
            default:
                Write(type, place, [(float)value]);
                break;
        }
    }

    /// <summary>Largest number of a whole type; 1 for the others.</summary>
    public static double Largest(TensorType type) => type switch
    {
        TensorType.Int8 => sbyte.MaxValue,
        TensorType.UInt8 => byte.MaxValue,
        TensorType.Int16 => short.MaxValue,
        TensorType.UInt16 => ushort.MaxValue,
        TensorType.Int32 => int.MaxValue,
        TensorType.UInt32 => uint.MaxValue,
        TensorType.Int64 => long.MaxValue,
        TensorType.UInt64 => ulong.MaxValue,
        _ => 1,
    };

    private static void WriteWhole(TensorType type, Span<byte> target, ReadOnlySpan<float> values)
    {
        switch (type)
        {
            case TensorType.UInt8:
                Convert(values, target, static value => Whole<byte>(value));
                break;
            case TensorType.Int8:
                Convert(values, MemoryMarshal.Cast<byte, sbyte>(target), static value => Whole<sbyte>(value));
                break;
            case TensorType.UInt16:
                Convert(values, MemoryMarshal.Cast<byte, ushort>(target), static value => Whole<ushort>(value));
                break;
            case TensorType.Int16:
                Convert(values, MemoryMarshal.Cast<byte, short>(target), static value => Whole<short>(value));
                break;
            case TensorType.UInt32:
                Convert(values, MemoryMarshal.Cast<byte, uint>(target), static value => Whole<uint>(value));
                break;
            case TensorType.Int32:
                Convert(values, MemoryMarshal.Cast<byte, int>(target), static value => Whole<int>(value));
                break;
            case TensorType.UInt64:
                Convert(values, MemoryMarshal.Cast<byte, ulong>(target), static value => Whole<ulong>(value));
                break;
            case TensorType.Int64:
                Convert(values, MemoryMarshal.Cast<byte, long>(target), static value => Whole<long>(value));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, null);
        }
    }

    private static void Convert<T>(ReadOnlySpan<float> values, Span<T> target, Func<float, T> convert)
    {
        for (var index = 0; index < values.Length; index++)
        {
            target[index] = convert(values[index]);
        }
    }

    private static T Whole<T>(double value)
        where T : INumber<T> => T.CreateSaturating(double.IsNaN(value) ? 0 : Math.Round(value, MidpointRounding.ToEven));
}
