using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>What is wrong with a draft. All problems at once; fields are paths such as <c>Parameters[2].Minimum</c>.</summary>
public static class SchemaLint
{
    internal const int MaxMembers = 200;
    private const int MaxDescription = 4000;

    public static IReadOnlyList<Problem> Check(ApiSchema schema)
    {
        var problems = new List<Problem>();
        CheckIdentity(schema, problems);
        var output = schema.Response.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        ParameterLint.CheckAll("Parameters", schema.Parameters, output, problems);
        PayloadLint.CheckAll("Payload", schema.Payload, problems);
        PayloadLint.CheckAll("Response", schema.Response, problems);
        return problems;
    }

    private static void CheckIdentity(ApiSchema schema, List<Problem> problems)
    {
        if (schema.Service.Length == 0)
        {
            problems.Add(new Problem("Service", "schema.service_missing"));
        }
        else if (!SchemaNames.IsService(schema.Service))
        {
            problems.Add(new Problem("Service", "schema.service_invalid", schema.Service));
        }
        else if (SchemaNames.IsReservedService(schema.Service))
        {
            problems.Add(new Problem("Service", "schema.name_reserved", schema.Service));
        }

        if (schema.Version.Length == 0)
        {
            problems.Add(new Problem("Version", "schema.version_missing"));
        }
        else if (!SchemaNames.IsVersion(schema.Version))
        {
            problems.Add(new Problem("Version", "schema.version_invalid", schema.Version));
        }

        CheckSegment("Group", schema.Group, required: true, problems);
        CheckSegment("Project", schema.Project, required: true, problems);
        CheckSegment("Region", schema.Region, required: false, problems);
        CheckDescription("Description", schema.Description, problems);
    }

    private static void CheckSegment(string field, string value, bool required, List<Problem> problems)
    {
        if ((required || value.Length > 0) && !SchemaNames.IsSegment(value))
        {
            problems.Add(new Problem(field, "schema.segment_invalid", value));
        }
    }

    internal static void CheckDescription(string field, string value, List<Problem> problems)
    {
        if (value.Length > MaxDescription)
        {
            problems.Add(new Problem(field, "schema.description_too_long", MaxDescription));
        }
    }

    /// <summary>Names of one list: present, well formed, not reserved, each once.</summary>
    internal static void CheckNames(string path, IEnumerable<string> names, List<Problem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var name in names)
        {
            var field = $"{path}[{index++}].Name";
            if (name.Length == 0)
            {
                problems.Add(new Problem(field, "schema.name_missing"));
            }
            else if (!SchemaNames.IsMember(name))
            {
                problems.Add(new Problem(field, "schema.name_invalid", name));
            }
            else if (SchemaNames.IsReservedMember(name))
            {
                problems.Add(new Problem(field, "schema.name_reserved", name));
            }
            else if (!seen.Add(name))
            {
                problems.Add(new Problem(field, "schema.name_duplicate", name));
            }
        }

        if (index > MaxMembers)
        {
            problems.Add(new Problem(path, "schema.too_many", MaxMembers));
        }
    }
}
