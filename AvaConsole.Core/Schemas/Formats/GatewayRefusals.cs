using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// What the gateway's dialect cannot say. A rule that only the document had would let pass at the gateway what the API refuses, so the export is
/// refused with one problem for each such rule; what is documentation alone is carried along and noted.
/// </summary>
internal static class GatewayRefusals
{
    /// <summary>Members of <c>meta</c> that follow from the rest of the document.</summary>
    private static readonly string[] s_written =
    [
        "serviceId", "cloudId", "version", "service", "sub", "call", "call_type", "webgate_type", "route", "hosts", "routeKey", "session_timeout", "read_timeout",
    ];

    public static IReadOnlyList<Problem> Find(ApiSchema schema)
    {
        var problems = new List<Problem>();
        if (schema.Service.Length == 0)
        {
            problems.Add(new Problem("Service", "schema.service_missing"));
        }
        else if (SchemaNames.IsReservedService(schema.Service))
        {
            problems.Add(new Problem("Service", "schema.name_reserved", schema.Service));
        }

        Extra(schema, problems);
        Parameters("Parameters", schema.Parameters, problems);
        for (var i = 0; i < schema.Parameters.Count; i++)
        {
            // Parameters and the wishes for each response entry stand in one object.
            if (schema.Response.Any(entry => entry.Name == schema.Parameters[i].Name))
            {
                problems.Add(new Problem($"Parameters[{i}].Name", "schema.name_taken_by_response", schema.Parameters[i].Name));
            }
        }

        return problems;
    }

    public static IReadOnlyList<SchemaNote> Notes(ApiSchema schema)
    {
        var notes = new List<SchemaNote>();
        Formats("/parameters", schema.Parameters, notes);
        foreach (var (list, entries) in new[] { ("/payload", schema.Payload), ("/response", schema.Response) })
        {
            foreach (var (index, entry) in entries.Index())
            {
                if (entry is { Type: PayloadTypes.Json, Content: not null })
                {
                    notes.Add(new SchemaNote("export.webgate_content", $"{list}/{index}/content", null, entry.Name));
                }
                else if (entry.Type == PayloadTypes.Tensor)
                {
                    notes.Add(new SchemaNote("export.webgate_other", $"{list}/{index}/type", null, entry.Name));
                }
            }
        }

        return notes;
    }

    private static void Extra(ApiSchema schema, List<Problem> problems)
    {
        if (schema.Gateway.Extra.Length == 0)
        {
            return;
        }

        if (Parse(schema.Gateway.Extra) is not { } extra)
        {
            problems.Add(new Problem("Gateway.Extra", "export.webgate_extra"));
            return;
        }

        foreach (var (name, _) in extra.Where(member => s_written.Contains(member.Key) || member.Key == schema.Service))
        {
            problems.Add(new Problem("Gateway.Extra", "export.webgate_extra_member", name));
        }
    }

    /// <summary>Null for a text that is no JSON object.</summary>
    public static JsonObject? Parse(string extra)
    {
        try
        {
            return extra.Length == 0 ? [] : JsonNode.Parse(extra, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Parameters(string path, IReadOnlyList<ApiParameter> parameters, List<Problem> problems)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            Parameter($"{path}[{i}]", parameters[i], problems);
        }
    }

    private static void Parameter(string path, ApiParameter parameter, List<Problem> problems)
    {
        if (parameter.UniqueItems)
        {
            problems.Add(new Problem(path + ".UniqueItems", "export.webgate_unique", "uniqueItems"));
        }

        // Of whole numbers, an exclusive bound is the next inclusive one.
        foreach (var (member, bound) in new[] { ("ExclusiveMinimum", parameter.ExclusiveMinimum), ("ExclusiveMaximum", parameter.ExclusiveMaximum) })
        {
            if (bound is not null && parameter.Type != ParameterTypes.Integer)
            {
                problems.Add(new Problem($"{path}.{member}", "export.webgate_exclusive", ParameterText.Format(bound.Value)));
            }
        }

        if (GatewayPattern.Missing(parameter.Pattern) is { Length: > 0 } missing)
        {
            problems.Add(new Problem(path + ".Pattern", "export.webgate_pattern", parameter.Pattern, missing));
        }

        Parameters(path + ".Properties", parameter.Properties, problems);
        if (parameter.Items is { } items)
        {
            Parameter(path + ".Items", items, problems);
        }
    }

    private static void Formats(string pointer, IReadOnlyList<ApiParameter> parameters, List<SchemaNote> notes)
    {
        foreach (var (index, parameter) in parameters.Index())
        {
            Formats($"{pointer}/{index}", parameter, notes);
        }
    }

    private static void Formats(string pointer, ApiParameter parameter, List<SchemaNote> notes)
    {
        if (parameter is { Type: ParameterTypes.String, Format.Length: > 0 })
        {
            notes.Add(new SchemaNote("export.webgate_format", pointer + "/format", null, parameter.Format));
        }

        Formats(pointer + "/properties", parameter.Properties, notes);
        if (parameter.Items is { } items)
        {
            Formats(pointer + "/items", items, notes);
        }
    }
}
