using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>The fixed parts of the gateway's schema.json: headers, and how each kind of data travels.</summary>
internal static class GatewayStreams
{
    private const int MaxText = 1_048_576;
    private const int MaxBinary = 10_485_760;

    /// <summary>One-shot calls: the stream's only piece.</summary>
    private const int StatusOnce = 3;

    /// <summary>The gateway knows text, audio, image, video and other, and takes anything else for audio.</summary>
    public static string DataType(PayloadEntry entry) => entry.Type switch
    {
        PayloadTypes.Image or PayloadTypes.Audio or PayloadTypes.Video or PayloadTypes.Text => entry.Type,
        PayloadTypes.Json => "text",
        _ => "other",
    };

    public static JsonObject RequestHeader()
    {
        var properties = new JsonObject();
        foreach (var name in (string[])["app_id", "uid", "did", "imei", "imsi", "mac"])
        {
            properties[name] = Text(50);
        }

        properties["net_type"] = Choice("wifi", "2G", "3G", "4G", "5G");
        properties["net_isp"] = Choice("CMCC", "CUCC", "CTCC", "other");
        properties["status"] = Status();
        properties["request_id"] = Text(64);
        properties["res_id"] = Text(1024);
        properties["data_cleaner_ttl"] = Text(13);
        properties["patch_id"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string", ["maxLength"] = 1024 } };
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("app_id", "status") };
    }

    public static JsonObject ResponseHeader() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["code"] = new JsonObject { ["type"] = "integer" },
            ["message"] = new JsonObject { ["type"] = "string" },
            ["sid"] = new JsonObject { ["type"] = "string" },
            ["status"] = Status(),
        },
    };

    public static JsonObject Input(PayloadEntry entry)
    {
        var properties = Description(entry);
        if (entry.Type == PayloadTypes.Audio)
        {
            properties["sample_rate"] = Numbers(16000, 8000);
            properties["channels"] = Numbers(1, 2);
            properties["bit_depth"] = Numbers(16, 8);
            properties["seq"] = Range(0, 9_999_999);
            properties["frame_size"] = Range(0, 1024);
        }

        properties["status"] = Status();
        var limit = DataType(entry) == "text" ? MaxText : MaxBinary;
        properties[DataType(entry)] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = limit };
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray(DataType(entry)) };
    }

    public static JsonObject Output(PayloadEntry entry)
    {
        var properties = Description(entry);
        properties["status"] = Status();
        properties["seq"] = Range(0, 9_999_999);
        properties[DataType(entry)] = new JsonObject { ["type"] = "string" };
        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    /// <summary>How the caller wants one response entry; stands among the service's parameters.</summary>
    public static JsonObject Wish(PayloadEntry entry) => new() { ["type"] = "object", ["properties"] = Description(entry) };

    private static JsonObject Description(PayloadEntry entry)
    {
        var encodings = entry.Encodings.Count > 0 ? entry.Encodings : PayloadRules.Encodings(entry.Type);
        var properties = new JsonObject { ["encoding"] = Choice([.. encodings]) };
        if (DataType(entry) == "text" || entry.Compressions.Count > 0)
        {
            properties["compress"] = entry.Compressions.Count > 0 ? Choice([.. entry.Compressions]) : Choice("raw", "gzip");
        }

        IReadOnlyList<string> formats = entry.Type == PayloadTypes.Json ? ["json"] : entry.Formats;
        if (formats.Count > 0)
        {
            properties["format"] = Choice([.. formats]);
        }
        else if (entry.Type == PayloadTypes.Text)
        {
            properties["format"] = Choice([.. PayloadRules.TextFormats]);
        }

        return properties;
    }

    private static JsonObject Text(int maxLength) => new() { ["type"] = "string", ["maxLength"] = maxLength };

    private static JsonObject Status() => Numbers(StatusOnce);

    private static JsonObject Range(int minimum, int maximum) => new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };

    private static JsonObject Numbers(params int[] values) =>
        new() { ["type"] = "integer", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)JsonValue.Create(value))]) };

    private static JsonObject Choice(params string[] values) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)JsonValue.Create(value))]) };
}
