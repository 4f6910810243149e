using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>One parameter's own rules, as the dialects spell them. What is within it is read by <see cref="ParameterTree"/>.</summary>
internal static class ParameterReader
{
    /// <summary>Keywords that are read here.</summary>
    public static IReadOnlySet<string> Keywords { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "type", "format", "title", "description", "nullable", "deprecated", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "enum", "const", "default", "example", "examples",
    };

    public static ApiParameter Own(SourceObject node, SchemaDialect dialect, ImportLog log)
    {
        if (dialect == SchemaDialect.Webgate)
        {
            return GatewayParameter.Read(node, log);
        }

        var (type, nullable) = SchemaType.Read(node, dialect, log);
        var keywords = new KeywordReader(node, log);
        var parameter = new ApiParameter
        {
            Type = type,
            Format = keywords.Text("format"),
            Title = keywords.Text("title"),
            Description = keywords.Text("description"),
            Nullable = nullable || keywords.Flag("nullable"),
            Deprecated = keywords.Flag("deprecated"),
            MultipleOf = keywords.Number("multipleOf"),
            MinLength = keywords.Count("minLength"),
            MaxLength = keywords.Count("maxLength"),
            Pattern = keywords.Text("pattern"),
            MinItems = keywords.Count("minItems"),
            MaxItems = keywords.Count("maxItems"),
            UniqueItems = keywords.Flag("uniqueItems"),
        };
        return Values(Bounds(parameter, keywords, dialect), node, keywords, dialect, log);
    }

    private static ApiParameter Bounds(ApiParameter parameter, KeywordReader keywords, SchemaDialect dialect)
    {
        if (dialect != SchemaDialect.OpenApi30)
        {
            return parameter with
            {
                Minimum = keywords.Number("minimum"),
                Maximum = keywords.Number("maximum"),
                ExclusiveMinimum = keywords.Number("exclusiveMinimum"),
                ExclusiveMaximum = keywords.Number("exclusiveMaximum"),
            };
        }

        var (above, below) = (keywords.Flag("exclusiveMinimum"), keywords.Flag("exclusiveMaximum"));
        var (minimum, maximum) = (keywords.Number("minimum"), keywords.Number("maximum"));
        return parameter with
        {
            Minimum = above ? null : minimum,
            ExclusiveMinimum = above ? minimum : null,
            Maximum = below ? null : maximum,
            ExclusiveMaximum = below ? maximum : null,
        };
    }

    private static ApiParameter Values(ApiParameter parameter, SourceObject node, KeywordReader keywords, SchemaDialect dialect, ImportLog log)
    {
        var values = node["const"] is { } only ? [only] : keywords.Items("enum");
        var choices = values.Where(value => value is not SourceValue { Kind: SourceKind.Null }).ToList();
        // ASE's words are this model's own: null is said by "nullable" alone.
        var nullable = parameter.Nullable || (dialect != SchemaDialect.Ase && choices.Count < values.Count);
        var examples = keywords.Items("examples");
        if (examples.Count > 1)
        {
            log.Add("import.examples_dropped", node["examples"]!, examples.Count - 1);
        }

        return parameter with
        {
            Nullable = nullable,
            Enum = [.. choices.Select(value => Value(value, "enum", parameter.Type, log))],
            Default = Single(node["default"], "default", parameter.Type, log),
            Example = Single(node["example"] ?? (examples.Count > 0 ? examples[0] : null), "example", parameter.Type, log),
        };
    }

    private static string Single(SourceNode? value, string keyword, string type, ImportLog log)
    {
        if (value is null)
        {
            return "";
        }

        // The model has no word for "null where none is given", nor for an empty text there.
        if (value is SourceValue { Kind: SourceKind.Null } or SourceValue { Kind: SourceKind.String, Text.Length: 0 })
        {
            log.Add("import.value_empty", value, keyword, value is SourceValue { Kind: SourceKind.Null } ? "null" : "\"\"");
            return "";
        }

        return Value(value, keyword, type, log);
    }

    private static string Value(SourceNode value, string keyword, string type, ImportLog log)
    {
        if (type == ParameterTypes.String && value is not SourceValue { Kind: SourceKind.String })
        {
            log.Add("import.value_made_text", value, keyword, ImportLog.Shown(value));
        }

        return ParameterValues.Text(value);
    }
}
