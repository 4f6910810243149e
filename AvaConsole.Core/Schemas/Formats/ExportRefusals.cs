using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>What no format can say because a document is not finished: two members of one name, or a type that there is not.</summary>
internal static class ExportRefusals
{
    public static IReadOnlyList<Problem> Find(ApiSchema schema, SchemaFormat format)
    {
        var problems = new List<Problem>();
        Members("Parameters", schema.Parameters, format, problems);
        Entries("Payload", schema.Payload, format, problems);
        Entries("Response", schema.Response, format, problems);
        return problems;
    }

    private static void Members(string path, IReadOnlyList<ApiParameter> members, SchemaFormat format, List<Problem> problems)
    {
        Names(path, [.. members.Select(member => member.Name)], problems);
        for (var i = 0; i < members.Count; i++)
        {
            Parameter($"{path}[{i}]", members[i], format, problems);
        }
    }

    private static void Parameter(string path, ApiParameter parameter, SchemaFormat format, List<Problem> problems)
    {
        if (format != SchemaFormat.Ase && !ParameterTypes.All.Contains(parameter.Type))
        {
            problems.Add(new Problem(path + ".Type", "schema.type_unknown", parameter.Type));
        }

        Members(path + ".Properties", parameter.Properties, format, problems);
        if (parameter.Items is { } items)
        {
            Parameter(path + ".Items", items, format, problems);
        }
    }

    private static void Entries(string path, IReadOnlyList<PayloadEntry> entries, SchemaFormat format, List<Problem> problems)
    {
        Names(path, [.. entries.Select(entry => entry.Name)], problems);
        for (var i = 0; i < entries.Count; i++)
        {
            if (format != SchemaFormat.Ase && !PayloadTypes.All.Contains(entries[i].Type))
            {
                problems.Add(new Problem($"{path}[{i}].Type", "schema.payload_type_unknown", entries[i].Type));
            }

            if (entries[i].Content is { } content)
            {
                Parameter($"{path}[{i}].Content", content, format, problems);
            }
        }
    }

    private static void Names(string path, IReadOnlyList<string> names, List<Problem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (!seen.Add(names[i]))
            {
                problems.Add(new Problem($"{path}[{i}].Name", "schema.name_duplicate", names[i]));
            }
        }
    }
}
