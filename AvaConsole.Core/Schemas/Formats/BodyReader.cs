using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// Reads the schemas of a call and of its answer: those of <see cref="EnvelopeWriter"/>, and those of other services, whose body's members become
/// parameters, or payload where they carry data.
/// </summary>
internal sealed class BodyReader(ParameterTree tree, EntryReader entries, ImportLog log)
{
    private const string Whole = "body";
    private const string Result = "result";

    private static readonly HashSet<string> s_read = new(StringComparer.Ordinal)
    {
        "type", "properties", "required", "additionalProperties", "title", "description", "$schema", "$id", "id", "$anchor", "$defs", "definitions", ParameterWriter.Marker,
    };

    public (IReadOnlyList<ApiParameter> Parameters, IReadOnlyList<PayloadEntry> Payload) Request(SourceNode schema)
    {
        if (tree.View(schema, []) is not { } view)
        {
            return ([], []);
        }

        if (view.Node["properties"] is not SourceObject properties)
        {
            return view.Node.Members.Count == 0 ? ([], []) : ([], [Entry(Whole, schema, required: true)]);
        }

        NoteDropped(view.Node);
        var required = Required(view.Node, properties);
        if (IsEnvelope(properties))
        {
            return (properties["parameters"] is { } parameters ? Parameters(parameters) : [], properties["payload"] is { } payload ? Payload(payload) : []);
        }

        if (view.Node["additionalProperties"] is not SourceValue { Text: "false" })
        {
            log.Add("import.body_closed", view.Node);
        }

        return Members(properties, required);
    }

    public IReadOnlyList<PayloadEntry> Response(SourceNode schema)
    {
        if (tree.View(schema, []) is not { } view || view.Node.Members.Count == 0)
        {
            return [];
        }

        if (!IsAnswer(view.Node))
        {
            return [Entry(Result, schema, required: true)];
        }

        var result = tree.View(((SourceObject)view.Node["properties"]!)[Result]!, view.Within);
        if (result?.Node["properties"] is not SourceObject properties)
        {
            return [];
        }

        var required = Required(result.Node, properties);
        return [.. properties.Members.Select(member => entries.Response(member.Name, member.Value, required.Contains(member.Name)))];
    }

    /// <summary>True for the answer of a served API: its code and result.</summary>
    public static bool IsAnswer(SourceObject node) =>
        node["properties"] is SourceObject properties && properties["code"] is not null && properties[Result] is SourceObject && properties["request_id"] is not null;

    private static bool IsEnvelope(SourceObject properties) =>
        properties.Members.Count > 0 && properties.Members.All(member => member.Name is "parameters" or "payload" && member.Value is SourceObject);

    private IReadOnlyList<ApiParameter> Parameters(SourceNode schema)
    {
        if (tree.View(schema, []) is not { } view)
        {
            return [];
        }

        NoteDropped(view.Node);
        return tree.Members(view);
    }

    private IReadOnlyList<PayloadEntry> Payload(SourceNode schema)
    {
        if (tree.View(schema, []) is not { } view)
        {
            return [];
        }

        NoteDropped(view.Node);
        if (view.Node["properties"] is not SourceObject properties)
        {
            return [];
        }

        var required = Required(view.Node, properties);
        return [.. properties.Members.Select(member => Entry(member.Name, member.Value, required.Contains(member.Name)))];
    }

    /// <summary>An entry of the payload; whatever carries no data is JSON.</summary>
    private PayloadEntry Entry(string name, SourceNode schema, bool required) => entries.Request(name, schema, required) ?? Json(name, schema, required);

    private (IReadOnlyList<ApiParameter> Parameters, IReadOnlyList<PayloadEntry> Payload) Members(SourceObject properties, HashSet<string> required)
    {
        var (parameters, payload) = (new List<ApiParameter>(), new List<PayloadEntry>());
        foreach (var (name, _, value) in properties.Members)
        {
            if (entries.Request(name, value, required.Contains(name)) is { } entry)
            {
                payload.Add(entry);
            }
            else
            {
                parameters.Add(tree.Read(name, value, required.Contains(name)));
            }
        }

        return (parameters, payload);
    }

    private PayloadEntry Json(string name, SourceNode schema, bool required) =>
        new() { Name = name, Type = PayloadTypes.Json, Required = required, Content = tree.Read("", schema, required: false) };

    private HashSet<string> Required(SourceObject node, SourceObject properties)
    {
        var required = new KeywordReader(node, log).Words("required").ToHashSet(StringComparer.Ordinal);
        foreach (var name in required.Where(name => properties[name] is null))
        {
            log.Add("import.required_unknown", node["required"]!, name);
        }

        return required;
    }

    private void NoteDropped(SourceObject node)
    {
        foreach (var member in node.Members.Where(member => !s_read.Contains(member.Name)))
        {
            log.Add("import.keyword_dropped", member.Value.Pointer, member.Line, member.Name, ImportLog.Shown(member.Value));
        }
    }
}
