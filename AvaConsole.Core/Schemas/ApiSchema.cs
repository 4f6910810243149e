using System.Text.Json.Serialization;

namespace AvaConsole.Core.Schemas;

/// <summary>
/// The document model of a designed API: immutable, ordered, independent of any file format. ASE's <c>kind: ApiSchema</c>
/// YAML, the gateway's schema.json and OpenAPI are written from it and read into it.
/// </summary>
public sealed record ApiSchema
{
    /// <summary>Configuration group, first segment of the published key. Default <c>default</c>.</summary>
    public string Group { get; init; } = "default";

    /// <summary>Configuration project. Default <c>default</c>.</summary>
    public string Project { get; init; } = "default";

    /// <summary>Configuration region, where a gateway uses one; may be empty.</summary>
    public string Region { get; init; } = "";

    /// <summary>Service name, for example <c>digits</c>.</summary>
    public string Service { get; init; } = "";

    /// <summary>Semantic version, for example <c>1.0.0</c>.</summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>The name that people see; may be empty.</summary>
    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>One of <see cref="Interactions"/>.</summary>
    public string Interaction { get; init; } = Interactions.Once;

    /// <summary>What only the gateway's schema.json says.</summary>
    public GatewaySettings Gateway { get; init; } = new();

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>Request payload entries.</summary>
    public IReadOnlyList<PayloadEntry> Payload { get; init; } = [];

    /// <summary>Response payload entries.</summary>
    public IReadOnlyList<PayloadEntry> Response { get; init; } = [];
}

/// <summary>How a call travels.</summary>
public static class Interactions
{
    /// <summary>One request, one answer: the header's status is 3.</summary>
    public const string Once = "once";

    /// <summary>Pieces in both directions: the header's status is 0 for the first, 1 between, 2 for the last.</summary>
    public const string Stream = "stream";

    public static IReadOnlyList<string> All { get; } = [Once, Stream];
}

/// <summary>One request parameter (JSON Schema subset), a member of one, or what a JSON payload holds.</summary>
public sealed record ApiParameter
{
    public string Name { get; init; } = "";

    /// <summary>The name that people see; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>One of <see cref="ParameterTypes"/>.</summary>
    public string Type { get; init; } = ParameterTypes.String;

    /// <summary>For example <c>int32</c>; may be empty.</summary>
    public string Format { get; init; } = "";

    public bool Required { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Inclusive; integer and number only.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Inclusive; integer and number only.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Integer and number only.</summary>
    public decimal? ExclusiveMinimum { get; init; }

    /// <summary>Integer and number only.</summary>
    public decimal? ExclusiveMaximum { get; init; }

    /// <summary>Greater than 0; integer and number only.</summary>
    public decimal? MultipleOf { get; init; }

    /// <summary>Characters of a string.</summary>
    public int? MinLength { get; init; }

    /// <summary>Characters of a string.</summary>
    public int? MaxLength { get; init; }

    /// <summary>ECMA-262 regular expression that a string must match somewhere; empty for none.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>Elements of an array.</summary>
    public int? MinItems { get; init; }

    /// <summary>Elements of an array.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Elements of an array differ from one another.</summary>
    public bool UniqueItems { get; init; }

    /// <summary>The value may also be null.</summary>
    public bool Nullable { get; init; }

    public bool Deprecated { get; init; }

    /// <summary>Allowed values in their JSON text form (<c>raw</c>, <c>3</c>); empty for any.</summary>
    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>Value used where the caller gives none, in JSON text form; empty for none.</summary>
    public string Default { get; init; } = "";

    /// <summary>A value to show, in JSON text form; empty for one made up from the rules.</summary>
    public string Example { get; init; } = "";

    /// <summary>Members, for type object. None: any member is allowed.</summary>
    public IReadOnlyList<ApiParameter> Properties { get; init; } = [];

    /// <summary>Members beside <see cref="Properties"/> are allowed; type object with declared members only.</summary>
    public bool Open { get; init; }

    /// <summary>Element, for type array.</summary>
    public ApiParameter? Items { get; init; }
}

public static class ParameterTypes
{
    public const string String = "string";
    public const string Integer = "integer";
    public const string Number = "number";
    public const string Boolean = "boolean";
    public const string Object = "object";
    public const string Array = "array";

    public static IReadOnlyList<string> All { get; } = [String, Integer, Number, Boolean, Object, Array];
}

/// <summary>One piece of data that travels beside the parameters.</summary>
public sealed record PayloadEntry
{
    public string Name { get; init; } = "";

    /// <summary>One of <see cref="PayloadTypes"/>.</summary>
    public string Type { get; init; } = PayloadTypes.Image;

    public bool Required { get; init; }

    public string Description { get; init; } = "";

    /// <summary>For example <c>utf8</c>, <c>png</c>, <c>speex-wb</c>, the usual one first; empty for any that its type has.</summary>
    [JsonPropertyName("encoding"), JsonConverter(typeof(WordsJsonConverter))]
    public IReadOnlyList<string> Encodings { get; init; } = [];

    /// <summary><c>raw</c>, <c>gzip</c>; empty for raw.</summary>
    [JsonPropertyName("compress"), JsonConverter(typeof(WordsJsonConverter))]
    public IReadOnlyList<string> Compressions { get; init; } = [];

    /// <summary>For example <c>plain</c>, <c>json</c>; empty for any.</summary>
    [JsonPropertyName("format"), JsonConverter(typeof(WordsJsonConverter))]
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>Hertz, type audio only; empty for any.</summary>
    public IReadOnlyList<int> SampleRates { get; init; } = [];

    /// <summary>1 for mono, 2 for stereo, type audio only; empty for any.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [];

    /// <summary>Bits of one sample, type audio only; empty for any.</summary>
    public IReadOnlyList<int> BitDepths { get; init; } = [];

    /// <summary>Largest audio frame in bytes, type audio only.</summary>
    public int? MaxFrameSize { get; init; }

    /// <summary>Bytes of the data before base64.</summary>
    public long? MinBytes { get; init; }

    /// <summary>Bytes of the data before base64.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>What the data holds, type json only; null for any JSON.</summary>
    public ApiParameter? Content { get; init; }

    /// <summary>Tensor element type as the Open Inference Protocol names it (<c>FP32</c>); type tensor only.</summary>
    public string DataType { get; init; } = "";

    /// <summary>Tensor shape, -1 for any; type tensor only.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];
}

public static class PayloadTypes
{
    public const string Image = "image";
    public const string Text = "text";
    public const string Audio = "audio";
    public const string Video = "video";
    public const string Json = "json";
    public const string Tensor = "tensor";

    public static IReadOnlyList<string> All { get; } = [Image, Text, Audio, Video, Json, Tensor];
}
