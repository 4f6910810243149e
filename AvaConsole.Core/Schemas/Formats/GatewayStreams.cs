using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>The fixed parts of the gateway's schema.json: headers, and how each kind of data travels.</summary>
internal static class GatewayStreams
{
    /// <summary>Length of base64 of a text that says nothing of its size.</summary>
    public const int MaxText = 1_048_576;

    /// <summary>The same for anything else.</summary>
    public const int MaxBinary = 10_485_760;

    /// <summary>The same for an audio frame, in bytes.</summary>
    public const int MaxFrame = 1024;

    public static IReadOnlyList<int> SampleRates { get; } = [16000, 8000];

    public static IReadOnlyList<int> Channels { get; } = [1, 2];

    public static IReadOnlyList<int> BitDepths { get; } = [16, 8];

    /// <summary>Header members that <see cref="RequestHeader"/> writes.</summary>
    public static IReadOnlyList<string> Headers { get; } = [.. RequestHeader(isStream: false)["properties"]!.AsObject().Select(member => member.Key)];

    /// <summary>The gateway knows text, audio, image, video and other, and takes anything else for audio.</summary>
    public static string DataType(PayloadEntry entry) => entry.Type switch
    {
        PayloadTypes.Image or PayloadTypes.Audio or PayloadTypes.Video or PayloadTypes.Text => entry.Type,
        PayloadTypes.Json => "text",
        _ => "other",
    };

    public static JsonObject RequestHeader(bool isStream)
    {
        var properties = new JsonObject();
        foreach (var name in (string[])["app_id", "uid", "did", "imei", "imsi", "mac"])
        {
            properties[name] = Text(50);
        }

        properties["net_type"] = Choice("wifi", "2G", "3G", "4G", "5G");
        properties["net_isp"] = Choice("CMCC", "CUCC", "CTCC", "other");
        properties["status"] = Status(isStream);
        properties["request_id"] = Text(64);
        properties["res_id"] = Text(1024);
        properties["data_cleaner_ttl"] = Text(13);
        properties["patch_id"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string", ["maxLength"] = 1024 } };
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("app_id", "status") };
    }

    public static JsonObject ResponseHeader(bool isStream) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["code"] = new JsonObject { ["type"] = "integer" },
            ["message"] = new JsonObject { ["type"] = "string" },
            ["sid"] = new JsonObject { ["type"] = "string" },
            ["status"] = Status(isStream),
        },
    };

    public static JsonObject Input(PayloadEntry entry, bool isStream) => Marked(InputOwn(entry, isStream), entry);

    public static JsonObject InputOwn(PayloadEntry entry, bool isStream)
    {
        var properties = Words(entry);
        if (entry.Type == PayloadTypes.Audio)
        {
            AddAudio(properties, entry);
        }

        if (isStream || entry.Type == PayloadTypes.Audio)
        {
            properties["seq"] = Range(0, 9_999_999);
        }

        properties["status"] = Status(isStream);
        properties[DataType(entry)] = Data(entry, 1);
        var written = Described(entry, properties);
        written["required"] = new JsonArray(DataType(entry));
        return written;
    }

    public static JsonObject Output(PayloadEntry entry, bool isStream) => Marked(OutputOwn(entry, isStream), entry);

    public static JsonObject OutputOwn(PayloadEntry entry, bool isStream)
    {
        var properties = Words(entry);
        if (entry.Type == PayloadTypes.Audio)
        {
            AddAudio(properties, entry);
        }

        properties["status"] = Status(isStream);
        properties["seq"] = Range(0, 9_999_999);
        properties[DataType(entry)] = Data(entry, null);
        return Described(entry, properties);
    }

    /// <summary>How the caller wants one response entry; stands among the service's parameters.</summary>
    public static JsonObject Wish(PayloadEntry entry) => new() { ["type"] = "object", ["properties"] = Words(entry) };

    private static JsonObject Marked(JsonObject own, PayloadEntry entry)
    {
        var read = GatewayEntry.Own((SourceObject)SourceNode.From(own), DataType(entry));
        if (DataType(entry) == "other")
        {
            // The marker always says what the other is.
            read = read with { DataType = "" };
        }

        GatewayMarker.Add(own, ModelMembers.Difference(entry, read, "name", "required"));
        return own;
    }

    private static JsonObject Described(PayloadEntry entry, JsonObject properties)
    {
        var written = new JsonObject { ["type"] = "object" };
        ParameterWriter.AddIfAny(written, "description", entry.Description);
        written["properties"] = properties;
        return written;
    }

    private static void AddAudio(JsonObject properties, PayloadEntry entry)
    {
        properties["sample_rate"] = Numbers(entry.SampleRates.Count > 0 ? entry.SampleRates : SampleRates);
        properties["channels"] = Numbers(entry.Channels.Count > 0 ? entry.Channels : Channels);
        properties["bit_depth"] = Numbers(entry.BitDepths.Count > 0 ? entry.BitDepths : BitDepths);
        properties["frame_size"] = Range(0, entry.MaxFrameSize ?? MaxFrame);
    }

    /// <summary>The data itself: base64, whose length the gateway counts.</summary>
    private static JsonObject Data(PayloadEntry entry, int? atLeast)
    {
        var written = new JsonObject { ["type"] = "string" };
        ParameterWriter.AddIfAny(written, "minLength", entry.MinBytes is { } least ? Base64.LengthOf(least) : atLeast);
        var limit = DataType(entry) == "text" ? MaxText : MaxBinary;
        ParameterWriter.AddIfAny(written, "maxLength", entry.MaxBytes is { } most ? Base64.LengthOf(most) : atLeast is null ? null : limit);
        return written;
    }

    private static JsonObject Words(PayloadEntry entry)
    {
        var encodings = entry.Encodings.Count > 0 ? entry.Encodings : PayloadRules.Encodings(entry.Type);
        var properties = new JsonObject { ["encoding"] = Choice([.. encodings]) };
        if (DataType(entry) == "text" || entry.Compressions.Count > 0)
        {
            properties["compress"] = entry.Compressions.Count > 0 ? Choice([.. entry.Compressions]) : Choice([.. PayloadRules.Compressions]);
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

    /// <summary>3 is the only piece of a one-shot call; of a stream, 0 is the first, 1 between and 2 the last.</summary>
    private static JsonObject Status(bool isStream) => Numbers(isStream ? [0, 1, 2] : [3]);

    private static JsonObject Range(int minimum, int maximum) => new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };

    private static JsonObject Numbers(IReadOnlyList<int> values) =>
        new() { ["type"] = "integer", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)JsonValue.Create(value))]) };

    private static JsonObject Choice(params string[] values) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)JsonValue.Create(value))]) };
}
