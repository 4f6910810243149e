using System.Text.Json;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>How a JSON Schema is read, and what a validation may cost.</summary>
public sealed record JsonSchemaOptions
{
    /// <summary><c>format</c> is checked instead of being a remark. Default false, as the specification has it.</summary>
    public bool AssertFormats { get; init; }

    /// <summary>Where the schema was found: what its relative references start from. Empty for nowhere.</summary>
    public string BaseUri { get; init; } = "";

    /// <summary>
    /// Other schema documents by their absolute URI, without a fragment; null for unknown. Nothing is ever fetched: what this does not give and the
    /// specification's own metaschemas are not, cannot be referred to.
    /// </summary>
    public Func<string, JsonElement?>? Documents { get; init; }

    /// <summary>Objects and arrays within one another in a value. Default 512.</summary>
    public int MaxDepth { get; init; } = 512;

    /// <summary>Schemas that may be applied to the parts of one value before the validation is given up. Default 20 million, a second or two.</summary>
    public long MaxWork { get; init; } = 20_000_000;
}
