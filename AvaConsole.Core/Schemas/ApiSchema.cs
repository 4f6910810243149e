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

    public string Description { get; init; } = "";

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>Request payload entries.</summary>
    public IReadOnlyList<PayloadEntry> Payload { get; init; } = [];

    /// <summary>Response payload entries.</summary>
    public IReadOnlyList<PayloadEntry> Response { get; init; } = [];
}

/// <summary>One request parameter (JSON Schema subset).</summary>
public sealed record ApiParameter
{
    public string Name { get; init; } = "";

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

    /// <summary>Characters of a string.</summary>
    public int? MinLength { get; init; }

    /// <summary>Characters of a string.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Allowed values in their JSON text form (<c>raw</c>, <c>3</c>); empty for any.</summary>
    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>Value used where the caller gives none, in JSON text form; empty for none.</summary>
    public string Default { get; init; } = "";

    /// <summary>Members, for type object.</summary>
    public IReadOnlyList<ApiParameter> Properties { get; init; } = [];

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

    /// <summary>For example <c>utf8</c>, <c>png</c>, <c>speex-wb</c>; empty for any.</summary>
    public string Encoding { get; init; } = "";

    /// <summary><c>raw</c> or <c>gzip</c>; empty for raw.</summary>
    public string Compress { get; init; } = "";

    /// <summary>For example <c>plain</c>, <c>json</c>; empty for none.</summary>
    public string Format { get; init; } = "";

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
    public const string Json = "json";
    public const string Tensor = "tensor";

    public static IReadOnlyList<string> All { get; } = [Image, Text, Audio, Json, Tensor];
}
