namespace AvaConsole.Core.Schemas.Formats;

/// <summary>How a format spells the rules of a parameter.</summary>
internal enum SchemaDialect
{
    /// <summary>ASE's YAML: <c>nullable</c>, <c>example</c>; objects are closed.</summary>
    Ase,

    /// <summary>OpenAPI 3.0: <c>nullable</c>, <c>example</c>, exclusive bounds as booleans; objects are open.</summary>
    OpenApi30,

    /// <summary>JSON Schema 2020-12 and OpenAPI 3.1: null among the types, <c>examples</c>; objects are open.</summary>
    JsonSchema,

    /// <summary>The gateway's validator: <c>defaultVal</c>, lengths in bytes; objects are closed.</summary>
    Webgate,
}
