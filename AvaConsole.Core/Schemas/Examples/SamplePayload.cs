using System.IO.Compression;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>Payload entries with something in them.</summary>
internal static class SamplePayload
{
    private const int MaxBytes = 1_048_576;
    private const int MaxTensorBytes = 4096;

    /// <summary>Null where nothing could be made.</summary>
    public static JsonObject? Make(PayloadEntry entry, SampleValues values, string pointer)
    {
        if (entry.MinBytes > MaxBytes)
        {
            return null;
        }

        var made = new JsonObject();
        var compression = entry.Compressions.Count == 0 || entry.Compressions.Contains("raw") ? "raw" : entry.Compressions[0];
        if (!TryAddData(entry, compression, values, pointer, made))
        {
            return null;
        }

        AddWord(made, "encoding", Encoding(entry));
        AddWord(made, "compress", entry.Compressions.Count > 0 ? compression : "");
        AddWord(made, "format", entry.Formats.Count > 0 ? entry.Formats[0] : "");
        AddNumber(made, "sample_rate", entry.SampleRates);
        AddNumber(made, "channels", entry.Channels);
        AddNumber(made, "bit_depth", entry.BitDepths);
        if (entry.Type == PayloadTypes.Tensor && entry.Shape.Count > 0)
        {
            made["shape"] = new JsonArray([.. entry.Shape.Select(length => (JsonNode)Math.Max(1, length))]);
        }

        return made;
    }

    private static bool TryAddData(PayloadEntry entry, string compression, SampleValues values, string pointer, JsonObject made)
    {
        if (entry.Type == PayloadTypes.Json && compression == "raw" && entry.MinBytes is null && entry.MaxBytes is null)
        {
            var content = Content(entry, values, pointer);
            made["json"] = content;
            return content is not null;
        }

        var plain = Plain(entry, values, pointer);
        if (compression == "gzip")
        {
            made["data"] = Convert.ToBase64String(Zipped(entry, plain));
            return true;
        }

        var bytes = Sized(entry, plain);
        if (entry.Type == PayloadTypes.Text)
        {
            made["text"] = System.Text.Encoding.UTF8.GetString(bytes);
        }
        else
        {
            made["data"] = Convert.ToBase64String(bytes);
        }

        return bytes.Length > 0;
    }

    private static byte[] Plain(PayloadEntry entry, SampleValues values, string pointer) => entry.Type switch
    {
        PayloadTypes.Text => System.Text.Encoding.ASCII.GetBytes(Text(entry)),
        PayloadTypes.Json => System.Text.Encoding.UTF8.GetBytes(Content(entry, values, pointer)?.ToJsonString() ?? "{}"),
        PayloadTypes.Tensor => new byte[TensorBytes(entry)],
        _ => SampleFiles.Bytes(Encoding(entry) is { Length: > 0 } encoding ? encoding : entry.Type == PayloadTypes.Image ? "png" : "wav"),
    };

    private static JsonNode? Content(PayloadEntry entry, SampleValues values, string pointer) =>
        entry.Content is null ? new JsonObject() : values.Make(entry.Content, pointer + "/json", 3, 0);

    private static string Text(PayloadEntry entry) => (entry.Formats.Count > 0 ? entry.Formats[0] : "") switch
    {
        "json" => "{}",
        "xml" => "<text/>",
        _ => "Hello, world.",
    };

    private static byte[] Sized(PayloadEntry entry, byte[] bytes)
    {
        var filler = entry.Type is PayloadTypes.Text or PayloadTypes.Json ? (byte)' ' : (byte)0;
        var length = (int)Math.Clamp(bytes.Length, entry.MinBytes ?? 1, Math.Max(entry.MaxBytes ?? long.MaxValue, entry.MinBytes ?? 1));
        return bytes.Length >= length ? bytes[..length] : [.. bytes, .. Enumerable.Repeat(filler, length - bytes.Length)];
    }

    /// <summary>As many as the shape needs; of a large one the beginning, since nobody wants to read it.</summary>
    private static int TensorBytes(PayloadEntry entry)
    {
        var size = entry.DataType switch
        {
            "INT16" or "UINT16" or "FP16" or "BF16" => 2,
            "INT32" or "UINT32" or "FP32" => 4,
            "INT64" or "UINT64" or "FP64" => 8,
            _ => 1,
        };
        var total = entry.Shape.Aggregate((double)size, (product, length) => product * Math.Max(1, length));
        return (int)Math.Min(total, MaxTensorBytes);
    }

    private static string Encoding(PayloadEntry entry) => entry.Encodings switch
    {
        [] => entry.Type == PayloadTypes.Image ? "png" : "",
        _ when entry.Encodings.Contains("png") => "png",
        _ => entry.Encodings[0],
    };

    private static void AddWord(JsonObject made, string name, string word)
    {
        if (word.Length > 0)
        {
            made[name] = word;
        }
    }

    private static void AddNumber(JsonObject made, string name, IReadOnlyList<int> numbers)
    {
        if (numbers.Count > 0)
        {
            made[name] = numbers[0];
        }
    }

    /// <summary>As many bytes as the API allows, counted as they travel; what fills them up cannot be compressed.</summary>
    private static byte[] Zipped(PayloadEntry entry, byte[] bytes)
    {
        var zipped = Zip(bytes);
        if (zipped.Length < entry.MinBytes)
        {
            var filler = new byte[(int)entry.MinBytes - zipped.Length];
            for (var (index, state) = (0, 1u); index < filler.Length; index++)
            {
                state = (state * 1_664_525) + 1_013_904_223;
                filler[index] = (byte)((state >> 24) | 0x80);
            }

            zipped = Zip([.. bytes, .. filler]);
        }

        return zipped;
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Optimal))
        {
            zip.Write(bytes);
        }

        return target.ToArray();
    }
}
