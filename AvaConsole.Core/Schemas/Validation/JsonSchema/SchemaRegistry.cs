using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>The schema documents that one compilation knows, and what their references lead to.</summary>
internal sealed class SchemaRegistry(JsonSchemaOptions options, List<Problem> problems)
{
    private readonly Dictionary<string, SchemaResource> _byUri = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    public List<SchemaResource> Resources { get; } = [];

    /// <summary>Takes a document in: its identifiers, its anchors, and those of the schemas within.</summary>
    public SchemaResource Add(string uri, JsonElement root)
    {
        var source = new SourceDocument(uri, root);
        var scan = new SchemaScan(source, DialectOf, Register, problems);
        var resource = scan.Run();
        _byUri.TryAdd(uri, resource);
        return resource;
    }

    /// <summary>Null, and a problem, where the reference leads nowhere.</summary>
    public SchemaLocation? Resolve(SchemaLocation from, string keyword, string reference)
    {
        var (absolute, fragment) = SchemaUri.Resolve(from.Resource.Uri, reference);
        var found = Find(absolute) is { } resource ? Locate(resource, fragment ?? "") : null;
        if (found is null)
        {
            problems.Add(new Problem($"{from.Description}/{keyword}", "json_schema.unknown_reference", reference));
        }

        return found;
    }

    public static SchemaLocation AtAnchor(SchemaResource resource, string name) => Locate(resource, name)!.Value;

    private static SchemaLocation? Locate(SchemaResource resource, string fragment)
    {
        if (fragment.Length == 0)
        {
            return new SchemaLocation(resource, resource.Pointer, resource.Root);
        }

        if (fragment[0] == '/')
        {
            return Walk(new SchemaLocation(resource, resource.Pointer, resource.Root), Uri.UnescapeDataString(fragment));
        }

        return resource.Anchors.TryGetValue(Uri.UnescapeDataString(fragment), out var pointer)
            ? Walk(new SchemaLocation(resource.Source.Resources[""], "", resource.Source.Root), pointer)
            : null;
    }

    private static SchemaLocation? Walk(SchemaLocation location, string pointer)
    {
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var next = location.Schema.ValueKind switch
            {
                JsonValueKind.Object when location.Schema.TryGetProperty(name, out var member) => member,
                JsonValueKind.Array when int.TryParse(name, out var index) && index >= 0 && index < location.Schema.GetArrayLength() => location.Schema[index],
                _ => default,
            };
            if (next.ValueKind == JsonValueKind.Undefined)
            {
                return null;
            }

            location = location.Child(name, next);
        }

        return location.Schema.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False ? location : null;
    }

    private SchemaResource? Find(string uri)
    {
        if (_byUri.TryGetValue(uri, out var known))
        {
            return known;
        }

        if (_unknown.Contains(uri))
        {
            return null;
        }

        if (Load(uri) is { } document)
        {
            Add(uri, document);
            return _byUri[uri];
        }

        _unknown.Add(uri);
        return null;
    }

    private JsonElement? Load(string uri) => options.Documents?.Invoke(uri) ?? Metaschemas.Find(uri);

    private void Register(SchemaResource resource)
    {
        resource.Number = Resources.Count;
        Resources.Add(resource);
        if (!_byUri.TryAdd(resource.Uri, resource) && resource.Pointer.Length > 0)
        {
            problems.Add(new Problem(resource.Source.Describe(resource.Pointer) + "/$id", "json_schema.id_twice", resource.Uri));
        }
    }

    private SchemaDialect? DialectOf(string uri, string place)
    {
        var name = uri.TrimEnd('#');
        if (SchemaDialect.Find(name) is { } known)
        {
            return known;
        }

        if (Load(name) is not { ValueKind: JsonValueKind.Object } metaschema)
        {
            return null;
        }

        var draft = metaschema.TryGetProperty("$schema", out var parent) && parent.ValueKind == JsonValueKind.String
            ? SchemaDialect.Find(parent.GetString()!) ?? SchemaDialect.Latest
            : SchemaDialect.Latest;
        if (!metaschema.TryGetProperty("$vocabulary", out var listed) || listed.ValueKind != JsonValueKind.Object)
        {
            return draft;
        }

        var vocabularies = listed.EnumerateObject().DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.Value.ValueKind == JsonValueKind.True);
        var dialect = draft.With(vocabularies, out var unknown);
        if (unknown is not null)
        {
            problems.Add(new Problem(place, "json_schema.unknown_vocabulary", unknown));
        }

        return dialect;
    }
}
