using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>Writes the JSON of an answer; binary tensors come behind it by <see cref="BinaryTensors.Write"/>.</summary>
internal static class InferResponseWriter
{
    /// <summary>Room for any number in its shortest form.</summary>
    private const int LongestNumber = 40;
    private const int Chunk = 4096;

    /// <returns>What has no JSON form; nothing was sent then.</returns>
    public static Result Write(PooledBytes target, PublishedSignature signature, string model, string version, string? id, IReadOnlyList<AnsweredOutput> outputs)
    {
        Raw(target, "{\"model_name\":"u8);
        Text(target, model);
        Raw(target, ",\"model_version\":"u8);
        Text(target, version);
        if (id is not null)
        {
            Raw(target, ",\"id\":"u8);
            Text(target, id);
        }

        Raw(target, ",\"outputs\":["u8);
        for (var index = 0; index < outputs.Count; index++)
        {
            if (index > 0)
            {
                Raw(target, ","u8);
            }

            var code = WriteOutput(target, signature, outputs[index]);
            if (code is not null)
            {
                return new InvalidError($"outputs[{outputs[index].Tensor.Name}]", code);
            }
        }

        Raw(target, "]}"u8);
        return Result.Success;
    }

    private static string? WriteOutput(PooledBytes target, PublishedSignature signature, AnsweredOutput output)
    {
        var tensor = output.Tensor;
        Raw(target, signature.HeadOf(tensor.Name, tensor.Type) ?? PublishedSignature.Head(tensor.Name, TensorTypes.NameOf(tensor.Type)));
        for (var dimension = 0; dimension < tensor.Shape.Count; dimension++)
        {
            if (dimension > 0)
            {
                Raw(target, ","u8);
            }

            Number(target, tensor.Shape[dimension]);
        }

        if (output.IsBinary)
        {
            Raw(target, "],\"parameters\":{\"binary_data_size\":"u8);
            Number(target, BinaryTensors.SizeOf(tensor));
            Raw(target, "}}"u8);
            return null;
        }

        Raw(target, "],\"data\":["u8);
        var code = WriteData(target, tensor);
        Raw(target, "]}"u8);
        return code;
    }

    private static string? WriteData(PooledBytes target, Tensor tensor)
    {
        var data = tensor.Data.Span;
        switch (tensor.Type)
        {
            case TensorType.Bytes:
                return WriteTexts(target, tensor.Texts);
            case TensorType.Bool:
                WriteBooleans(target, data);
                return null;
            case TensorType.UInt8:
                return WriteNumbers<byte>(target, data);
            case TensorType.UInt16:
                return WriteNumbers<ushort>(target, data);
            case TensorType.UInt32:
                return WriteNumbers<uint>(target, data);
            case TensorType.UInt64:
                return WriteNumbers<ulong>(target, data);
            case TensorType.Int8:
                return WriteNumbers<sbyte>(target, data);
            case TensorType.Int16:
                return WriteNumbers<short>(target, data);
            case TensorType.Int32:
                return WriteNumbers<int>(target, data);
            case TensorType.Int64:
                return WriteNumbers<long>(target, data);
            case TensorType.Fp16:
                return WriteNumbers<Half>(target, data);
            case TensorType.Fp32:
                return WriteNumbers<float>(target, data);
            case TensorType.Fp64:
                return WriteNumbers<double>(target, data);
            case TensorType.Bf16:
                return WriteBFloats(target, MemoryMarshal.Cast<byte, ushort>(data));
            default:
                throw new ArgumentOutOfRangeException(nameof(tensor));
        }
    }

    private static string? WriteNumbers<T>(PooledBytes target, ReadOnlySpan<byte> data)
        where T : unmanaged, INumberBase<T>, IUtf8SpanFormattable
    {
        var values = MemoryMarshal.Cast<byte, T>(data);
        var room = target.GetSpan(Chunk);
        var used = 0;
        for (var index = 0; index < values.Length; index++)
        {
            if (room.Length - used < LongestNumber)
            {
                target.Advance(used);
                room = target.GetSpan(Chunk);
                used = 0;
            }

            if (!T.IsFinite(values[index]))
            {
                return "oip.output_not_finite";
            }

            if (index > 0)
            {
                room[used++] = (byte)',';
            }

            used += WriteNumber(values[index], room[used..]);
        }

        target.Advance(used);
        return null;
    }

    private static int WriteNumber<T>(T value, Span<byte> target)
        where T : unmanaged, INumberBase<T>, IUtf8SpanFormattable
    {
        if (typeof(T) == typeof(float))
        {
            return ShortestSingle.Write((float)(object)value, target);
        }

        value.TryFormat(target, out var length, default, CultureInfo.InvariantCulture);
        return length;
    }

    private static string? WriteBFloats(PooledBytes target, ReadOnlySpan<ushort> values)
    {
        var floats = new float[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            floats[index] = BFloat16.ToSingle(values[index]);
        }

        return WriteNumbers<float>(target, MemoryMarshal.AsBytes<float>(floats));
    }

    private static void WriteBooleans(PooledBytes target, ReadOnlySpan<byte> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            Raw(target, (index > 0, values[index] != 0) switch
            {
                (false, true) => "true"u8,
                (false, false) => "false"u8,
                (true, true) => ",true"u8,
                (true, false) => ",false"u8,
            });
        }
    }

    private static string? WriteTexts(PooledBytes target, IReadOnlyList<ReadOnlyMemory<byte>> texts)
    {
        for (var index = 0; index < texts.Count; index++)
        {
            var text = texts[index].Span;
            if (!Utf8.IsValid(text))
            {
                return "oip.output_not_text";
            }

            Raw(target, index > 0 ? ",\""u8 : "\""u8);
            Escape(target, text);
            Raw(target, "\""u8);
        }

        return null;
    }

    private static void Escape(PooledBytes target, ReadOnlySpan<byte> text)
    {
        if (JavaScriptEncoder.UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncodeUtf8(text) < 0)
        {
            Raw(target, text);
            return;
        }

        while (!text.IsEmpty)
        {
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, target.GetSpan(Chunk), out var read, out var written);
            target.Advance(written);
            text = text[read..];
        }
    }

    private static void Text(PooledBytes target, string text)
    {
        Raw(target, "\""u8);
        var encoded = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
        target.Advance(Encoding.UTF8.GetBytes(encoded, target.GetSpan(encoded.Length * 3)));
        Raw(target, "\""u8);
    }

    private static void Number(PooledBytes target, long value)
    {
        value.TryFormat(target.GetSpan(LongestNumber), out var length, default, CultureInfo.InvariantCulture);
        target.Advance(length);
    }

    private static void Raw(PooledBytes target, ReadOnlySpan<byte> bytes) => target.Write(bytes);
}
