using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>The part of <see cref="SchemaLint"/> that looks at parameters, their members and elements.</summary>
internal static class ParameterLint
{
    /// <summary>Objects and arrays within one another. Requests may be 16 deep; the envelope takes some of that.</summary>
    private const int MaxDepth = 6;

    public static void CheckAll(string path, IReadOnlyList<ApiParameter> parameters, HashSet<string> responseNames, List<Problem> problems)
    {
        SchemaLint.CheckNames(path, parameters.Select(parameter => parameter.Name), problems);
        for (var i = 0; i < parameters.Count; i++)
        {
            // The gateway holds parameters and the wishes for each response entry in one object.
            if (responseNames.Contains(parameters[i].Name))
            {
                problems.Add(new Problem($"{path}[{i}].Name", "schema.name_taken_by_response", parameters[i].Name));
            }

            Check($"{path}[{i}]", parameters[i], 1, problems);
        }
    }

    private static void Check(string path, ApiParameter parameter, int depth, List<Problem> problems)
    {
        SchemaLint.CheckDescription(path + ".Description", parameter.Description, problems);
        if (!ParameterTypes.All.Contains(parameter.Type))
        {
            // Whatever else it says cannot be judged without a type.
            problems.Add(new Problem(path + ".Type", "schema.type_unknown", parameter.Type));
            return;
        }

        CheckFormat(path, parameter, problems);
        CheckBounds(path, parameter, problems);
        CheckLengths(path, parameter, problems);
        CheckEnum(path, parameter, problems);
        CheckDefault(path, parameter, problems);
        CheckParts(path, parameter, depth, problems);
    }

    private static void CheckFormat(string path, ApiParameter parameter, List<Problem> problems)
    {
        var fits = parameter.Format switch
        {
            "int32" or "int64" => parameter.Type == ParameterTypes.Integer,
            "float" or "double" => parameter.Type == ParameterTypes.Number,
            _ => true,
        };
        if (!fits)
        {
            problems.Add(new Problem(path + ".Format", "schema.format_wrong_type", parameter.Format, parameter.Type));
        }
    }

    private static void CheckBounds(string path, ApiParameter parameter, List<Problem> problems)
    {
        foreach (var (member, bound) in new[] { ("Minimum", parameter.Minimum), ("Maximum", parameter.Maximum) })
        {
            if (bound is null)
            {
                continue;
            }

            if (parameter.Type is not (ParameterTypes.Integer or ParameterTypes.Number))
            {
                problems.Add(new Problem($"{path}.{member}", "schema.bound_wrong_type", parameter.Type));
            }
            else if (parameter.Type == ParameterTypes.Integer && !ParameterText.IsInteger(bound.Value))
            {
                problems.Add(new Problem($"{path}.{member}", "schema.bound_not_integer", ParameterText.Format(bound.Value)));
            }
            else if (parameter.Format == "int32" && bound is < int.MinValue or > int.MaxValue)
            {
                problems.Add(new Problem($"{path}.{member}", "schema.bound_outside_format", ParameterText.Format(bound.Value), parameter.Format));
            }
        }

        if (parameter.Minimum > parameter.Maximum)
        {
            problems.Add(new Problem(
                path + ".Minimum",
                "schema.minimum_above_maximum",
                ParameterText.Format(parameter.Minimum.Value),
                ParameterText.Format(parameter.Maximum.Value)));
        }
    }

    private static void CheckLengths(string path, ApiParameter parameter, List<Problem> problems)
    {
        foreach (var (member, length) in new[] { ("MinLength", parameter.MinLength), ("MaxLength", parameter.MaxLength) })
        {
            if (length is not null && parameter.Type != ParameterTypes.String)
            {
                problems.Add(new Problem($"{path}.{member}", "schema.length_wrong_type", parameter.Type));
            }
            else if (length < 0)
            {
                problems.Add(new Problem($"{path}.{member}", "schema.length_negative", length));
            }
        }

        if (parameter.MinLength > parameter.MaxLength)
        {
            problems.Add(new Problem(path + ".MinLength", "schema.min_length_above_max_length", parameter.MinLength, parameter.MaxLength));
        }
    }

    private static void CheckEnum(string path, ApiParameter parameter, List<Problem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < parameter.Enum.Count; i++)
        {
            var (field, text) = ($"{path}.Enum[{i}]", parameter.Enum[i]);
            if (!ParameterText.TryParse(parameter.Type, text, out var value))
            {
                problems.Add(new Problem(field, "schema.enum_wrong_type", text, parameter.Type));
            }
            else if (!seen.Add(value!.ToJsonString()))
            {
                problems.Add(new Problem(field, "schema.enum_duplicate", text));
            }
            else if (!IsInside(parameter, text))
            {
                problems.Add(new Problem(field, "schema.enum_outside_range", text));
            }
        }

        if (parameter.Enum.Count > SchemaLint.MaxMembers)
        {
            problems.Add(new Problem(path + ".Enum", "schema.too_many", SchemaLint.MaxMembers));
        }
    }

    private static void CheckDefault(string path, ApiParameter parameter, List<Problem> problems)
    {
        var (field, text) = (path + ".Default", parameter.Default);
        if (text.Length == 0)
        {
            return;
        }

        if (!ParameterText.TryParse(parameter.Type, text, out var value))
        {
            problems.Add(new Problem(field, "schema.default_wrong_type", text, parameter.Type));
        }
        else if (!IsInside(parameter, text))
        {
            problems.Add(new Problem(field, "schema.default_outside_range", text));
        }
        else if (parameter.Enum.Count > 0 && !parameter.Enum.Any(allowed => IsSame(parameter.Type, allowed, value!)))
        {
            problems.Add(new Problem(field, "schema.default_not_in_enum", text));
        }
    }

    private static void CheckParts(string path, ApiParameter parameter, int depth, List<Problem> problems)
    {
        if (depth >= MaxDepth && (parameter.Properties.Count > 0 || parameter.Items is not null))
        {
            problems.Add(new Problem(path, "schema.too_deep", MaxDepth));
            return;
        }

        if (parameter.Type == ParameterTypes.Object)
        {
            SchemaLint.CheckNames(path + ".Properties", parameter.Properties.Select(member => member.Name), problems);
            for (var i = 0; i < parameter.Properties.Count; i++)
            {
                Check($"{path}.Properties[{i}]", parameter.Properties[i], depth + 1, problems);
            }
        }
        else if (parameter.Properties.Count > 0)
        {
            problems.Add(new Problem(path + ".Properties", "schema.properties_wrong_type", parameter.Type));
        }

        if (parameter.Items is not null && parameter.Type == ParameterTypes.Array)
        {
            Check(path + ".Items", parameter.Items, depth + 1, problems);
        }
        else if (parameter.Items is not null)
        {
            problems.Add(new Problem(path + ".Items", "schema.items_wrong_type", parameter.Type));
        }
        else if (parameter.Type == ParameterTypes.Array)
        {
            problems.Add(new Problem(path + ".Items", "schema.items_missing"));
        }
    }

    private static bool IsSame(string type, string text, System.Text.Json.Nodes.JsonNode value) =>
        ParameterText.TryParse(type, text, out var other) && System.Text.Json.Nodes.JsonNode.DeepEquals(other, value);

    private static bool IsInside(ApiParameter parameter, string text) => parameter.Type switch
    {
        ParameterTypes.Integer or ParameterTypes.Number =>
            ParameterText.TryParseNumber(text, out var number) && !(number < parameter.Minimum) && !(number > parameter.Maximum),
        ParameterTypes.String => !(text.EnumerateRunes().Count() < parameter.MinLength) && !(text.EnumerateRunes().Count() > parameter.MaxLength),
        _ => true,
    };
}
