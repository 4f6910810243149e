using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads a schema with all that is within it into a parameter.</summary>
/// <param name="dialect">How the document spells rules.</param>
/// <param name="resolver">What follows references; null for formats that have none.</param>
/// <param name="log">Where everything goes that the model has no place for.</param>
internal sealed class ParameterTree(SchemaDialect dialect, SchemaResolver? resolver, ImportLog log)
{
    private const int MaxDepth = 40;

    /// <summary>Keywords that only say where a schema is or which other schemas there are.</summary>
    private static readonly HashSet<string> s_structure = new(StringComparer.Ordinal)
    {
        "properties", "required", "items", "additionalProperties", "$schema", "$id", "id", "$anchor", "$defs", "definitions", ParameterWriter.Marker,
    };

    /// <summary>ASE's schemas refer to nothing.</summary>
    private static readonly HashSet<string> s_aseKeywords = [.. ParameterReader.Keywords, "properties", "required", "items", "additionalProperties"];

    /// <summary>Members of an object schema, in order.</summary>
    public IReadOnlyList<ApiParameter> Members(SchemaView view) => Members(view, 0);

    /// <summary>One schema under a name.</summary>
    public ApiParameter Read(string name, SourceNode node, bool required, ImmutableHashSet<string>? within = null) =>
        Read(name, node, required, within ?? [], 0);

    /// <summary>The object that a node is, references followed; null where it is none.</summary>
    public SchemaView? View(SourceNode node, ImmutableHashSet<string> within)
    {
        if (resolver is not null)
        {
            return resolver.Resolve(node, within);
        }

        if (node is SourceObject schema)
        {
            return new SchemaView(schema, within);
        }

        log.Add("import.not_a_schema", node, ImportLog.Shown(node));
        return null;
    }

    private ApiParameter Read(string name, SourceNode node, bool required, ImmutableHashSet<string> within, int depth)
    {
        if (depth > MaxDepth)
        {
            log.Add("import.nested_too_deep", node, MaxDepth);
            return new ApiParameter { Name = name, Required = required, Type = ParameterTypes.Object };
        }

        if (View(node, within) is not { } view)
        {
            return new ApiParameter { Name = name, Required = required, Type = ParameterTypes.Object };
        }

        var members = Members(view, depth);
        var parameter = ParameterReader.Own(view.Node, dialect, log) with { Properties = members, Items = Items(view, depth) };
        parameter = Marked(parameter, view.Node) with { Name = name, Required = required, Open = IsOpen(view.Node, members.Count, parameter.Type) };
        NoteDropped(view.Node);
        return parameter;
    }

    private List<ApiParameter> Members(SchemaView view, int depth)
    {
        var required = Required(view.Node);
        var members = new List<ApiParameter>();
        if (view.Node["properties"] is SourceObject properties)
        {
            foreach (var (name, _, value) in properties.Members)
            {
                members.Add(Read(name, value, required.Contains(name), view.Within, depth + 1));
            }
        }
        else if (view.Node["properties"] is { } other and not SourceValue { Kind: SourceKind.Null })
        {
            log.Add("import.value_dropped", other, "properties", ImportLog.Shown(other));
        }

        foreach (var name in required.Where(name => members.All(member => member.Name != name)))
        {
            log.Add("import.required_unknown", view.Node["required"]!, name);
        }

        return members;
    }

    private HashSet<string> Required(SourceObject node) => node["required"] is SourceArray
        ? [.. new KeywordReader(node, log).Words("required")]
        : [];

    private ApiParameter? Items(SchemaView view, int depth)
    {
        switch (view.Node["items"])
        {
            // Any element.
            case null or SourceValue { Kind: SourceKind.Null } or SourceValue { Kind: SourceKind.Boolean, Text: "true" } or SourceObject { Members.Count: 0 }:
                return null;
            case SourceArray tuple:
                log.Add("import.keyword_dropped", tuple, "items");
                return null;
            case var element:
                return Read("", element, required: false, view.Within, depth + 1);
        }
    }

    /// <summary>What our own writer kept beside its words; not where the words have been changed since.</summary>
    private ApiParameter Marked(ApiParameter read, SourceObject node)
    {
        if (Marker(node) is not { } marker)
        {
            return read;
        }

        var marked = ModelMembers.With(read, marker);
        if (marked is not null && marked.Enum.All(value => value is not null) && JsonNode.DeepEquals(ParameterWriter.Own(marked, dialect), OwnOf(node)))
        {
            return marked with { Properties = read.Properties, Items = read.Items };
        }

        log.Add("import.marker_stale", node, dialect == SchemaDialect.Webgate ? GatewayMarker.Keyword : ParameterWriter.Marker);
        return read;
    }

    private JsonObject? Marker(SourceObject node) => dialect switch
    {
        SchemaDialect.Ase => null,
        SchemaDialect.Webgate => GatewayMarker.Find(node),
        _ => (node[ParameterWriter.Marker] as SourceObject)?.ToJson() as JsonObject,
    };

    private static JsonObject OwnOf(SourceObject node) => (JsonObject)new SourceObject(
        node.Pointer,
        node.Line,
        [.. node.Members.Where(member => !s_structure.Contains(member.Name) && !IsMarker(node, member.Name))]).ToJson();

    private static bool IsMarker(SourceObject node, string name) => name == GatewayMarker.Keyword && GatewayMarker.Find(node) is not null;

    private bool IsOpen(SourceObject node, int members, string type)
    {
        var said = node["additionalProperties"];
        if (dialect == SchemaDialect.Webgate && members == 0)
        {
            NoteEmpty(node, said, type);
            return false;
        }

        switch (said)
        {
            case SourceValue { Kind: SourceKind.Boolean, Text: var text }:
                if (text == "false" && members == 0 && type == ParameterTypes.Object)
                {
                    log.Add("import.object_empty", said);
                }

                return text == "true";
            case SourceObject { Members.Count: > 0 }:
                log.Add("import.additional_schema", said);
                return members > 0;
            case SourceObject:
                return true;
            default:
                return members > 0 && dialect is (SchemaDialect.OpenApi30 or SchemaDialect.JsonSchema);
        }
    }

    /// <summary>At the gateway an object without members is closed unless it says otherwise; here it takes any member.</summary>
    private void NoteEmpty(SourceObject node, SourceNode? said, string type)
    {
        if (type == ParameterTypes.Object && said is not (SourceObject or SourceValue { Text: "true" }))
        {
            log.Add("import.object_empty", said ?? node);
        }
        else if (said is SourceObject { Members.Count: > 0 })
        {
            log.Add("import.additional_schema", said);
        }
    }

    private void NoteDropped(SourceObject node)
    {
        if (dialect == SchemaDialect.Ase)
        {
            log.Unknown(node, s_aseKeywords);
            return;
        }

        var known = dialect == SchemaDialect.Webgate ? GatewayParameter.Keywords : ParameterReader.Keywords;
        foreach (var member in node.Members)
        {
            if (dialect == SchemaDialect.Webgate && !GatewayLint.IsKeyword(member.Name))
            {
                log.Add("import.webgate_keyword", member.Value.Pointer, member.Line, member.Name);
            }
            else if (!s_structure.Contains(member.Name) && !known.Contains(member.Name) && !IsMarker(node, member.Name))
            {
                log.Add("import.keyword_dropped", member.Value.Pointer, member.Line, member.Name, ImportLog.Shown(member.Value));
            }
        }
    }
}
