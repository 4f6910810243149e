using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>Takes values apart into rows and puts rows together. Taking apart copies nothing.</summary>
internal static class ModelRows
{
    /// <summary>One row of values whose first dimension is rows; null where a value is not in rows.</summary>
    public static IReadOnlyList<ModelValue>? Slice(IReadOnlyList<ModelValue> values, int row, int rows)
    {
        var sliced = new ModelValue[values.Count];
        for (var index = 0; index < sliced.Length; index++)
        {
            if (Slice(values[index], row, rows) is not { } part)
            {
                return null;
            }

            sliced[index] = part;
        }

        return sliced;
    }

    /// <summary>Tensors of one row each, of one name, type and shape, as one tensor.</summary>
    public static Tensor Stack(IReadOnlyList<Tensor> rows)
    {
        var first = rows[0];
        if (rows.Count == 1)
        {
            return first;
        }

        long[] shape = [rows.Sum(row => row.Shape[0]), .. first.Shape.Skip(1)];
        if (first.Type == TensorType.Bytes)
        {
            return first with { Shape = shape, Texts = [.. rows.SelectMany(row => row.Texts)] };
        }

        var data = GC.AllocateUninitializedArray<byte>(rows.Sum(row => row.Data.Length));
        var at = 0;
        foreach (var row in rows)
        {
            row.Data.CopyTo(data.AsMemory(at));
            at += row.Data.Length;
        }

        return first with { Shape = shape, Data = data };
    }

    private static ModelValue? Slice(ModelValue value, int row, int rows) => value switch
    {
        Tensor { Type: TensorType.Bytes, Shape: [var count, ..] } tensor when count == rows =>
            tensor with { Shape = [1, .. tensor.Shape.Skip(1)], Texts = [.. tensor.Texts.Skip(row * (tensor.Texts.Count / rows)).Take(tensor.Texts.Count / rows)] },
        Tensor { Shape: [var count, ..] } tensor when count == rows =>
            tensor with { Shape = [1, .. tensor.Shape.Skip(1)], Data = tensor.Data.Slice(row * (tensor.Data.Length / rows), tensor.Data.Length / rows) },
        SequenceValue sequence when sequence.Items.Count == rows => sequence with { Items = [sequence.Items[row]] },
        _ => null,
    };
}
