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

    /// <summary>The elements in order. FP32 is read where it lies; the others are converted.</summary>
    /// <exception cref="InvalidOperationException">It holds text.</exception>
    public static ReadOnlySpan<float> Floats(Tensor tensor) =>
        tensor.Type == TensorType.Fp32 ? MemoryMarshal.Cast<byte, float>(tensor.Data.Span) : tensor.ToFloats();

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

    private static T At<T>(ReadOnlySpan<byte> bytes, int index)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes)[index];
}
