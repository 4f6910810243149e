namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Choices that a document with more than one API in it leaves open.</summary>
public sealed record SchemaReadOptions
{
    /// <summary>OpenAPI: <c>POST /path</c>, or an operationId; empty for the only operation, or the first that takes a JSON body.</summary>
    public string Operation { get; init; } = "";
}
