using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>A run's outputs as values. Numbers stay where the model has put them and are lent; text, sequences and maps are copied.</summary>
internal static class OrtOutputs
{
    /// <param name="rows">Of each request; the outputs are split by them where there are several.</param>
    /// <param name="total">Rows of the run: those of the requests, and any that only padded it.</param>
    /// <exception cref="RowsMixedException">There are several requests and an output does not have one part for each row.</exception>
    public static IReadOnlyList<RequestOutputs> Read(IReadOnlyList<string> names, IDisposableReadOnlyCollection<OrtValue> values, long[] rows, long total)
    {
        var memory = new LentOutputs(values, rows.Length);
        try
        {
            var whole = new ModelValue[names.Count];
            for (var output = 0; output < whole.Length; output++)
            {
                whole[output] = ReadValue(names[output], values[output], memory);
            }

            return rows.Length == 1 && rows[0] == total ? [new RequestOutputs(whole, memory)] : Split(whole, rows, total, memory);
        }
        catch
        {
            values.Dispose();
            throw;
        }
    }

    private static RequestOutputs[] Split(ModelValue[] whole, long[] rows, long total, LentOutputs memory)
    {
        var unsplit = Array.Find(whole, value => !HasRows(value, total));
        if (unsplit is not null)
        {
            throw new RowsMixedException(unsplit.Name);
        }

        var requests = new RequestOutputs[rows.Length];
        var first = 0L;
        for (var request = 0; request < rows.Length; request++)
        {
            requests[request] = new RequestOutputs(Array.ConvertAll(whole, value => Part(value, first, rows[request])), memory);
            first += rows[request];
        }

        return requests;
    }

    private static bool HasRows(ModelValue value, long rows) => value switch
    {
        Tensor { Shape: [var length, ..] } => length == rows,
        SequenceValue sequence => sequence.Items.Count == rows,
        _ => false,
    };

    private static ModelValue Part(ModelValue value, long first, long rows) => value is SequenceValue sequence
        ? new SequenceValue(sequence.Name, [.. sequence.Items.Skip((int)first).Take((int)rows)])
        : Part((Tensor)value, first, rows);

    private static Tensor Part(Tensor tensor, long first, long rows)
    {
        long[] shape = [.. tensor.Shape];
        var (bytes, texts) = (tensor.Data.Length / shape[0], tensor.Texts.Count / shape[0]);
        shape[0] = rows;
        return new Tensor(tensor.Name, tensor.Type, shape)
        {
            Data = tensor.Data.Slice((int)(first * bytes), (int)(rows * bytes)),
            Texts = texts == 0 ? [] : [.. tensor.Texts.Skip((int)(first * texts)).Take((int)(rows * texts))],
        };
    }

    private static ModelValue ReadValue(string name, OrtValue value, LentOutputs? memory) => value.OnnxType switch
    {
        OnnxValueType.ONNX_TYPE_SEQUENCE => new SequenceValue(name, ReadItems(name, value)),
        OnnxValueType.ONNX_TYPE_MAP => ReadMap(name, value),
        _ => ReadTensor(name, value, memory),
    };

    private static ModelValue[] ReadItems(string name, OrtValue sequence)
    {
        var items = new ModelValue[sequence.GetValueCount()];
        for (var index = 0; index < items.Length; index++)
        {
            using var item = sequence.GetValue(index, OrtAllocator.DefaultInstance);
            items[index] = ReadValue(name, item, null);
        }

        return items;
    }

    private static MapValue ReadMap(string name, OrtValue map)
    {
        using var keys = map.GetValue(0, OrtAllocator.DefaultInstance);
        using var values = map.GetValue(1, OrtAllocator.DefaultInstance);
        return new MapValue(name, ReadTensor("keys", keys, null), ReadTensor("values", values, null));
    }

    /// <param name="memory">Null: the value does not outlive this call and is copied.</param>
    private static Tensor ReadTensor(string name, OrtValue value, LentOutputs? memory)
    {
        var info = value.GetTensorTypeAndShape();
        var tensor = new Tensor(name, OrtTypes.From(info.ElementDataType, name), info.Shape);
        if (info.ElementCount == 0)
        {
            return tensor;
        }

        if (info.IsString)
        {
            return tensor with { Texts = ReadTexts(value, info.ElementCount) };
        }

        var bytes = value.GetTensorMutableRawData();
        return tensor with { Data = memory is null ? bytes.ToArray() : memory.Lend(bytes) };
    }

    private static ReadOnlyMemory<byte>[] ReadTexts(OrtValue value, long count)
    {
        var texts = new ReadOnlyMemory<byte>[count];
        for (var index = 0; index < texts.Length; index++)
        {
            texts[index] = value.GetStringElementAsSpan(index).ToArray();
        }

        return texts;
    }
}
