using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats.Source;
using AvaConsole.Core.Schemas.Validation.Gateway;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// What keeps a schema.json from loading at the gateway, or makes it mean something else there than it says: one keyword that its validator does not know
/// and the whole file is refused, and the old one stays in use.
/// </summary>
public static class GatewayLint
{
    /// <summary>Words that the validator passes over.</summary>
    private static readonly HashSet<string> s_ignored = new(StringComparer.Ordinal) { "title", "comment", "description", "$schema", "$comment", "examples" };

    private static readonly string[] s_types = ["string", "integer", "number", "boolean", "object", "array", "null"];
    private static readonly string[] s_dataTypes = ["text", "audio", "image", "video", "other"];
    private static readonly string[] s_maps = ["properties", "case", "dependencies", "children"];
    private static readonly string[] s_lists = ["anyOf", "allOf", "oneOf"];
    private static readonly string[] s_schemas = ["items", "not", "if", "then", "else", "additionalProperties", "default"];

    /// <summary>True for what the gateway's validator knows or passes over.</summary>
    public static bool IsKeyword(string name) => GatewayKeywords.All.Contains(name) || s_ignored.Contains(name);

    /// <param name="text">A schema.json.</param>
    /// <returns>One problem for each thing, its field a JSON pointer; or why the text cannot be read at all.</returns>
    public static Result<IReadOnlyList<Problem>> Check(string text)
    {
        var parsed = SourceText.Parse(text);
        if (!parsed.IsSuccess)
        {
            return parsed.Error;
        }

        if (parsed.Value is not SourceObject root)
        {
            return new InvalidError("", "import.not_an_object");
        }

        var problems = new List<Problem>();
        Meta(root, problems);
        foreach (var part in new[] { "schemainput", "schemaoutput" })
        {
            if (root[part] is { } schema)
            {
                Schema(schema, problems);
            }
        }

        return problems;
    }

    private static void Meta(SourceObject root, List<Problem> problems)
    {
        if (root["meta"] is not SourceObject meta)
        {
            problems.Add(new Problem("/meta", "webgate.meta_missing"));
            return;
        }

        if (string.IsNullOrEmpty(meta.Text("serviceId")))
        {
            problems.Add(new Problem("/meta/serviceId", "webgate.service_id_missing"));
        }

        foreach (var service in meta.Members.Select(member => member.Value).OfType<SourceObject>())
        {
            var streams = new[] { service["input"], service["accept"] }.OfType<SourceObject>().SelectMany(list => list.Members);
            foreach (var stream in streams.Select(member => member.Value).OfType<SourceObject>())
            {
                if (stream["dataType"] is SourceValue type && !s_dataTypes.Contains(type.Text))
                {
                    problems.Add(new Problem(type.Pointer, "webgate.data_type", type.Line, type.Text, string.Join(", ", s_dataTypes)));
                }
            }
        }
    }

    private static void Schema(SourceNode node, List<Problem> problems)
    {
        if (node is not SourceObject schema)
        {
            return;
        }

        foreach (var (name, line, value) in schema.Members)
        {
            if (!IsKeyword(name))
            {
                problems.Add(new Problem(value.Pointer, "webgate.keyword", line, name));
            }
            else if (name == "default" && value is not SourceObject)
            {
                problems.Add(new Problem(value.Pointer, "webgate.default", line, ImportLog.Shown(value)));
            }
            else if (name == "type")
            {
                Type(value, problems);
            }
            else
            {
                Parts(name, value, problems);
            }
        }
    }

    private static void Type(SourceNode value, List<Problem> problems)
    {
        if (value is not SourceValue { Kind: SourceKind.String, Text: var text } || !text.Split('|').All(type => s_types.Contains(type.Trim())))
        {
            problems.Add(new Problem(value.Pointer, "webgate.type", value.Line, ImportLog.Shown(value), string.Join(", ", s_types)));
        }
    }

    private static void Parts(string keyword, SourceNode value, List<Problem> problems)
    {
        IEnumerable<SourceNode> parts = value switch
        {
            SourceObject map when s_maps.Contains(keyword) => map.Members.Select(member => member.Value),
            SourceArray list when s_lists.Contains(keyword) => list.Items,
            SourceObject when s_schemas.Contains(keyword) => [value],
            _ => [],
        };
        foreach (var part in parts)
        {
            Schema(part, problems);
        }
    }
}
