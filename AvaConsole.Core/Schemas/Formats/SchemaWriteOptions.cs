namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Choices that a format leaves open. Each is looked at by the formats that have it.</summary>
public sealed record SchemaWriteOptions
{
    /// <summary>OpenAPI and JSON Schema as YAML; otherwise JSON.</summary>
    public bool Yaml { get; init; }

    /// <summary>ASE: the published sample's misspelt keys (<c>paramters</c>, <c>palyload</c>, <c>configFilname</c>, <c>vedio</c>), for a program that knows no others.</summary>
    public bool AseCompatible { get; init; }

    /// <summary>OpenAPI: <c>3.1</c> (default) or <c>3.0</c>.</summary>
    public string OpenApiVersion { get; init; } = "3.1";

    /// <summary>OpenAPI: the URL that the paths are under; empty for a document that names no server.</summary>
    public string Server { get; init; } = "";

    /// <summary>JSON Schema: of the response, with the request among its definitions; otherwise the other way round.</summary>
    public bool Response { get; init; }
}
