using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>Writes what a model gives as JSON.</summary>
internal static class ModelValueJson
{
    /// <summary>False where a number is NaN or infinite.</summary>
    public static bool CanWrite(ModelValue value) => value switch
    {
        Tensor tensor => !TensorNumbers.IsFloating(tensor.Type) || AllFinite(tensor),
        SequenceValue sequence => sequence.Items.All(CanWrite),
        MapValue map => CanWrite(map.Keys) && CanWrite(map.Values),
        _ => false,
    };

    public static void Write(Utf8JsonWriter writer, ModelValue value, bool withName)
    {
        writer.WriteStartObject();
        if (withName)
        {
            writer.WriteString("name", value.Name);
        }

        switch (value)
        {
            case Tensor tensor:
                WriteTensor(writer, tensor);
                break;
            case SequenceValue sequence:
                writer.WriteStartArray("sequence");
                foreach (var item in sequence.Items)
                {
                    Write(writer, item, withName: false);
                }

                writer.WriteEndArray();
                break;
            case MapValue map:
                WriteMap(writer, map);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter writer, Tensor tensor)
    {
        writer.WriteString("datatype", TensorTypes.NameOf(tensor.Type));
        writer.WriteStartArray("shape");
        foreach (var length in tensor.Shape)
        {
            writer.WriteNumberValue(length);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data");
        WriteElements(writer, tensor, 0, (int)tensor.Count);
        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, MapValue map)
    {
        writer.WriteStartObject("map");
        for (var index = 0; index < map.Keys.Count; index++)
        {
            writer.WritePropertyName(TensorValues.Text(map.Keys, index));
            WriteElements(writer, map.Values, index, 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteElements(Utf8JsonWriter writer, Tensor tensor, int start, int count)
    {
        switch (tensor.Type)
        {
            case TensorType.Bytes:
                foreach (var text in tensor.Texts.Skip(start).Take(count))
                {
                    WriteText(writer, text.Span);
                }

                break;
            case TensorType.Bool:
                WriteEach<byte>(writer, tensor, start, count, static (to, value) => to.WriteBooleanValue(value != 0));
                break;
            case TensorType.Int64:
                WriteEach<long>(writer, tensor, start, count, static (to, value) => to.WriteNumberValue(value));
                break;
            case TensorType.UInt64:
                WriteEach<ulong>(writer, tensor, start, count, static (to, value) => to.WriteNumberValue(value));
                break;
            case TensorType.Fp64:
                WriteEach<double>(writer, tensor, start, count, static (to, value) => to.WriteNumberValue(value));
                break;
            case TensorType.Int32:
                WriteEach<int>(writer, tensor, start, count, static (to, value) => to.WriteNumberValue(value));
                break;
            case TensorType.UInt32:
                WriteEach<uint>(writer, tensor, start, count, static (to, value) => to.WriteNumberValue(value));
                break;
            default:
                // The others are exact as float32.
                foreach (var value in TensorValues.Floats(tensor).Slice(start, count))
                {
                    writer.WriteNumberValue(value);
                }

                break;
        }
    }

    private static void WriteEach<T>(Utf8JsonWriter writer, Tensor tensor, int start, int count, Action<Utf8JsonWriter, T> write)
        where T : unmanaged
    {
        foreach (var value in MemoryMarshal.Cast<byte, T>(tensor.Data.Span).Slice(start, count))
        {
            write(writer, value);
        }
    }

    /// <summary>Bytes that are no UTF-8 cannot be a JSON text: they are written as <c>{"base64": "…"}</c>.</summary>
    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            writer.WriteStringValue(text);
            return;
        }

        writer.WriteStartObject();
        writer.WriteBase64String("base64", text);
        writer.WriteEndObject();
    }

    private static bool AllFinite(Tensor tensor)
    {
        if (tensor.Type == TensorType.Fp64)
        {
            foreach (var value in MemoryMarshal.Cast<byte, double>(tensor.Data.Span))
            {
                if (!double.IsFinite(value))
                {
                    return false;
                }
            }

            return true;
        }

        foreach (var value in TensorValues.Floats(tensor))
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
