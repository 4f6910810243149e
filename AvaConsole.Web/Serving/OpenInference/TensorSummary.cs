using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>Tensors as a request log keeps them: a few values as they are, more by their size and digest.</summary>
internal static class TensorSummary
{
    private const int MostElements = 16;
    private const int MostText = 256;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Throws on what is no UTF-8, which is a file then.
    private static readonly UTF8Encoding s_strict = new(false, true);

    /// <param name="member"><c>inputs</c> or <c>outputs</c>.</param>
    public static string Of(string member, IEnumerable<Tensor> tensors)
    {
        using var json = new PooledBytes(1024);
        using (var writer = new Utf8JsonWriter(json, s_options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray(member);
            foreach (var tensor in tensors)
            {
                Write(writer, tensor);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.Written.Span);
    }

    private static void Write(Utf8JsonWriter writer, Tensor tensor)
    {
        writer.WriteStartObject();
        writer.WriteString("name", tensor.Name);
        writer.WriteString("datatype", TensorTypes.NameOf(tensor.Type));
        writer.WriteStartArray("shape");
        foreach (var length in tensor.Shape)
        {
            writer.WriteNumberValue(length);
        }

        writer.WriteEndArray();
        if (tensor.Count <= MostElements)
        {
            WriteElements(writer, tensor);
        }
        else
        {
            WriteDigest(writer, tensor);
        }

        writer.WriteEndObject();
    }

    private static void WriteElements(Utf8JsonWriter writer, Tensor tensor)
    {
        writer.WriteStartArray("data");
        for (var index = 0; index < tensor.Count; index++)
        {
            if (tensor.Type == TensorType.Bytes)
            {
                WriteText(writer, tensor.Texts[index].Span);
            }
            else
            {
                WriteNumber(writer, tensor, index);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, Tensor tensor, int index)
    {
        switch (tensor.Type)
        {
            case TensorType.Bool:
                writer.WriteBooleanValue(tensor.Data.Span[index] != 0);
                return;
            case TensorType.Int64:
                writer.WriteNumberValue(MemoryMarshal.Cast<byte, long>(tensor.Data.Span)[index]);
                return;
            case TensorType.UInt64:
                writer.WriteNumberValue(MemoryMarshal.Cast<byte, ulong>(tensor.Data.Span)[index]);
                return;
        }

        var value = TensorNumbers.At(tensor.Type, tensor.Data.Span, index);
        if (!double.IsFinite(value))
        {
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
        else if (tensor.Type == TensorType.Fp64)
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNumberValue((float)value);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= MostText && TryRead(bytes) is { } text)
        {
            writer.WriteStringValue(text);
            return;
        }

        writer.WriteStartObject();
        WriteDigest(writer, bytes.Length, SHA256.HashData(bytes));
        writer.WriteEndObject();
    }

    private static string? TryRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = s_strict.GetString(bytes);
            return text.Any(letter => char.IsControl(letter) && !char.IsWhiteSpace(letter)) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Of the elements as the binary form has them.</summary>
    private static void WriteDigest(Utf8JsonWriter writer, Tensor tensor)
    {
        if (tensor.Type != TensorType.Bytes)
        {
            WriteDigest(writer, tensor.Data.Length, SHA256.HashData(tensor.Data.Span));
            return;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> prefix = stackalloc byte[4];
        var size = 0L;
        foreach (var text in tensor.Texts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(prefix, text.Length);
            hash.AppendData(prefix);
            hash.AppendData(text.Span);
            size += prefix.Length + text.Length;
        }

        WriteDigest(writer, size, hash.GetHashAndReset());
    }

    private static void WriteDigest(Utf8JsonWriter writer, long size, byte[] digest)
    {
        writer.WriteNumber("bytes", size);
        writer.WriteString("sha256", Convert.ToHexStringLower(digest));
    }
}
