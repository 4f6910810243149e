using System.Text.Json;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>A schema document, or a part of one with an identity (<c>$id</c>) of its own.</summary>
internal sealed class SchemaResource(SourceDocument source, string uri, string pointer, JsonElement root, SchemaDialect dialect)
{
    /// <summary>The name under which an outermost <c>$recursiveAnchor</c> (2019-09) is kept; no anchor can be named so.</summary>
    public const string Recursive = "\u0000";

    public SourceDocument Source => source;

    public string Uri => uri;

    /// <summary>Where it stands in its document.</summary>
    public string Pointer => pointer;

    public JsonElement Root => root;

    public SchemaDialect Dialect => dialect;

    /// <summary>Among all that a compilation knows.</summary>
    public int Number { get; set; }

    /// <summary>Pointers, from the document's root, of <c>$anchor</c> and <c>$dynamicAnchor</c>.</summary>
    public Dictionary<string, string> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of those that are dynamic.</summary>
    public HashSet<string> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}

/// <summary>A JSON text that holds schemas.</summary>
internal sealed class SourceDocument(string uri, JsonElement root)
{
    public string Uri => uri;

    public JsonElement Root => root;

    /// <summary>By their pointers.</summary>
    public Dictionary<string, SchemaResource> Resources { get; } = new(StringComparer.Ordinal);

    /// <summary>How a place in it is told: without the document's name where it is the schema itself.</summary>
    public string Describe(string pointer) => uri.StartsWith(SchemaUri.Nowhere, StringComparison.Ordinal) ? "#" + pointer : uri + "#" + pointer;
}

/// <summary>One schema in one document.</summary>
internal readonly record struct SchemaLocation(SchemaResource Resource, string Pointer, JsonElement Schema)
{
    public SchemaLocation Child(string name, JsonElement schema)
    {
        var pointer = Pointer + "/" + Engine.ProblemTexts.Escape(name);
        return new SchemaLocation(Resource.Source.Resources.GetValueOrDefault(pointer, Resource), pointer, schema);
    }

    public string Description => Resource.Source.Describe(Pointer);
}
