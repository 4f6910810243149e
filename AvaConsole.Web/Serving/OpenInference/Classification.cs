using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>
/// Triton's classification extension: instead of a tensor the highest values of each row, as texts <c>value:index</c> or <c>value:index:label</c>.
/// </summary>
internal static class Classification
{
    /// <param name="count">How many; a row with fewer values gives all it has.</param>
    /// <param name="labels">By index; a value beyond them has none.</param>
    public static Result<Tensor> Of(Tensor tensor, int count, IReadOnlyList<string> labels)
    {
        if (tensor.Type == TensorType.Bytes)
        {
            return new InvalidError($"outputs[{tensor.Name}]", "oip.classification_type");
        }

        var (rows, length) = Split(tensor);
        count = Math.Min(count, length);
        var texts = new List<ReadOnlyMemory<byte>>(rows * count);
        for (var row = 0; row < rows; row++)
        {
            foreach (var index in Highest(tensor, row * length, length, count))
            {
                texts.Add(Encoding.UTF8.GetBytes(Describe(tensor, row * length, index, labels)));
            }
        }

        return new Tensor(tensor.Name, TensorType.Bytes, tensor.Shape.Count > 1 ? [rows, count] : [count]) { Texts = texts };
    }

    /// <summary>The first dimension is rows, where there is more than one dimension.</summary>
    private static (int Rows, int Length) Split(Tensor tensor)
    {
        var count = (int)tensor.Count;
        var rows = tensor.Shape.Count > 1 ? (int)tensor.Shape[0] : 1;
        return (rows, rows == 0 ? 0 : count / rows);
    }

    private static IEnumerable<int> Highest(Tensor tensor, int start, int length, int count)
    {
        var order = Enumerable.Range(0, length);
        return (tensor.Type switch
        {
            // A double does not tell large 64-bit integers apart.
            TensorType.Int64 => order.OrderByDescending(index => MemoryMarshal.Cast<byte, long>(tensor.Data.Span)[start + index]),
            TensorType.UInt64 => order.OrderByDescending(index => MemoryMarshal.Cast<byte, ulong>(tensor.Data.Span)[start + index]),
            _ => order.OrderByDescending(index => ValueOf(tensor, start + index)),
        }).Take(count);
    }

    private static string Describe(Tensor tensor, int start, int index, IReadOnlyList<string> labels)
    {
        var at = start + index;
        var value = tensor.Type switch
        {
            TensorType.Int64 => MemoryMarshal.Cast<byte, long>(tensor.Data.Span)[at].ToString(CultureInfo.InvariantCulture),
            TensorType.UInt64 => MemoryMarshal.Cast<byte, ulong>(tensor.Data.Span)[at].ToString(CultureInfo.InvariantCulture),
            TensorType.Fp16 or TensorType.Fp32 or TensorType.Fp64 or TensorType.Bf16 => ValueOf(tensor, at).ToString("F6", CultureInfo.InvariantCulture),
            _ => ValueOf(tensor, at).ToString(CultureInfo.InvariantCulture),
        };
        return index < labels.Count && labels[index].Length > 0 ? $"{value}:{index}:{labels[index]}" : $"{value}:{index}";
    }

    private static double ValueOf(Tensor tensor, int at) => TensorNumbers.At(tensor.Type, tensor.Data.Span, at);
}
