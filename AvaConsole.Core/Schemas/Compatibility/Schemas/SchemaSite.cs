namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>Where in an operation a schema stands; the rules that apply to it follow from that.</summary>
internal enum SchemaPlace
{
    RequestBody,
    ResponseBody,
    RequestParameter,
    ResponseHeader,
}

/// <summary>The place of a pair of schemas that are compared: what every change found in them says of itself.</summary>
/// <param name="Place">Which rules apply.</param>
/// <param name="Path">Path of the operation.</param>
/// <param name="Operation">HTTP method in capitals.</param>
/// <param name="Pointer">JSON pointer of the schema in the revision.</param>
internal sealed record SchemaSite(SchemaPlace Place, string Path, string Operation, string Pointer)
{
    /// <summary>Media type of a body; empty for parameters and headers.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>Status of the response; empty in requests.</summary>
    public string Status { get; init; } = "";

    /// <summary>Where a parameter is sent: <c>path</c>, <c>query</c>, <c>header</c> or <c>cookie</c>.</summary>
    public string ParameterIn { get; init; } = "";

    /// <summary>Name of the parameter or header.</summary>
    public string ParameterName { get; init; } = "";

    /// <summary>The parameter is required before or after: its default value is then not used.</summary>
    public bool IsRequiredParameter { get; init; }

    /// <summary>The parameter is written as <c>a=1&amp;a=2</c> (style <c>form</c> with <c>explode</c>, what query and cookie do unless told otherwise).</summary>
    public bool IsExplodedForm { get; init; }

    /// <summary><c>x-stability-level</c> of the operation in the revision; empty where it has none.</summary>
    public string Stability { get; init; } = "";

    public bool IsRequest => Place is SchemaPlace.RequestBody or SchemaPlace.RequestParameter;
}
