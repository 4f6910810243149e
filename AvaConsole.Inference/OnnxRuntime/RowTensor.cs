using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>One named tensor of one request: without the batch dimension.</summary>
/// <param name="Name">The model's name for it.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Without the batch dimension; never negative.</param>
/// <param name="Data">Elements, row-major, in the machine's byte order.</param>
internal sealed record RowTensor(string Name, TensorElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The elements as floats, whatever floating-point type they have.</summary>
    public float[] ToFloats()
    {
        switch (Type)
        {
            case TensorElementType.Float:
                return MemoryMarshal.Cast<byte, float>(Data.Span).ToArray();
            case TensorElementType.Double:
                return Array.ConvertAll(MemoryMarshal.Cast<byte, double>(Data.Span).ToArray(), value => (float)value);
            case TensorElementType.Float16:
                return Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(Data.Span).ToArray(), value => (float)value);
            default:
                throw new InvalidOperationException($"A tensor of type {Type} does not hold floats.");
        }
    }
}

/// <summary>What is to be known about element types.</summary>
internal static class TensorTypes
{
    public const TensorElementType Float = TensorElementType.Float;

    /// <summary>Bytes of one element; 0 for text and for types that no request can carry.</summary>
    public static int Size(TensorElementType type) => type switch
    {
        TensorElementType.Float or TensorElementType.Int32 or TensorElementType.UInt32 => 4,
        TensorElementType.Double or TensorElementType.Int64 or TensorElementType.UInt64 => 8,
        TensorElementType.Float16 or TensorElementType.BFloat16 or TensorElementType.Int16 or TensorElementType.UInt16 => 2,
        TensorElementType.Int8 or TensorElementType.UInt8 or TensorElementType.Bool => 1,
        _ => 0,
    };

    /// <summary>As the Open Inference Protocol names it.</summary>
    public static string Name(TensorElementType type) => type switch
    {
        TensorElementType.Float => "FP32",
        TensorElementType.Double => "FP64",
        TensorElementType.Float16 => "FP16",
        TensorElementType.BFloat16 => "BF16",
        TensorElementType.Int8 => "INT8",
        TensorElementType.Int16 => "INT16",
        TensorElementType.Int32 => "INT32",
        TensorElementType.Int64 => "INT64",
        TensorElementType.UInt8 => "UINT8",
        TensorElementType.UInt16 => "UINT16",
        TensorElementType.UInt32 => "UINT32",
        TensorElementType.UInt64 => "UINT64",
        TensorElementType.Bool => "BOOL",
        TensorElementType.String => "BYTES",
        _ => type.ToString().ToUpperInvariant(),
    };

    public static bool IsFloating(TensorElementType type) =>
        type is TensorElementType.Float or TensorElementType.Double or TensorElementType.Float16;
}
