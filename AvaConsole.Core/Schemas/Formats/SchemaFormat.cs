namespace AvaConsole.Core.Schemas.Formats;

/// <summary>File formats that say what an API takes and gives.</summary>
public enum SchemaFormat
{
    /// <summary>ASE's <c>kind: ApiSchema</c> YAML.</summary>
    Ase,

    /// <summary>The gateway's schema.json.</summary>
    Webgate,

    /// <summary>OpenAPI 3.0 or 3.1, YAML or JSON.</summary>
    OpenApi,

    /// <summary>JSON Schema, draft 2020-12, of the request.</summary>
    JsonSchema,

    /// <summary>A wrapper's <c>UserRequest</c> and <c>UserResponse</c>, or an ASE v2 <c>class Api(BaseASEApi)</c>; read only.</summary>
    Python,
}
