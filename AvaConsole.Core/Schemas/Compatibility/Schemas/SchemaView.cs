namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>
/// A schema as a document uses it: by its <c>$ref</c>, or written where it stands. Views of one place share one
/// <see cref="SchemaNode"/>, so a schema that contains itself is a graph that can be walked, not an endless tree.
/// </summary>
/// <param name="Reference">The reference as written; empty for a schema written where it stands.</param>
internal sealed record SchemaView(string Reference, SchemaNode Node)
{
    public bool IsReference => Reference.Length > 0;

    /// <summary>Last segment of the reference: the component's name.</summary>
    public string Name => Reference[(Reference.LastIndexOf('/') + 1)..];
}
