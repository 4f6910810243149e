using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>The one type that the model gives a schema, from the words and the rules that a document has.</summary>
internal static class SchemaType
{
    private static readonly string[] s_numeric = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
    private static readonly string[] s_textual = ["minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType"];
    private static readonly string[] s_listing = ["items", "minItems", "maxItems", "uniqueItems", "prefixItems"];
    private static readonly string[] s_mapping = ["properties", "required", "additionalProperties", "minProperties", "maxProperties", "patternProperties"];

    public static (string Type, bool Nullable) Read(SourceObject node, SchemaDialect dialect, ImportLog log)
    {
        switch (node["type"])
        {
            case SourceValue { Kind: SourceKind.String, Text: var text } when dialect == SchemaDialect.Webgate:
                return Choose(text.Split('|', StringSplitOptions.TrimEntries), node["type"]!, log);
            case SourceValue { Kind: SourceKind.String, Text: "null" } when dialect != SchemaDialect.Ase:
                log.Add("import.types_dropped", node["type"]!, "null", ParameterTypes.String);
                return (ParameterTypes.String, true);
            // A draft may hold any word: the lint finds it.
            case SourceValue { Kind: SourceKind.String, Text: var text }:
                return (text, false);
            case SourceArray types:
                return Choose([.. types.Items.OfType<SourceValue>().Select(type => type.Text)], types, log);
            default:
                return (Guess(node, log), false);
        }
    }

    private static (string Type, bool Nullable) Choose(string[] types, SourceNode at, ImportLog log)
    {
        var others = types.Where(type => type != "null").ToList();
        if (others.Count > 1)
        {
            // Every integer is a number.
            var widest = others.Contains(ParameterTypes.Number) && others.All(type => type is ParameterTypes.Integer or ParameterTypes.Number)
                ? ParameterTypes.Number
                : others[0];
            if (others.Any(type => type != widest && !(widest == ParameterTypes.Number && type == ParameterTypes.Integer)))
            {
                log.Add("import.types_dropped", at, string.Join(", ", others), widest);
            }

            return (widest, others.Count < types.Length);
        }

        return (others.Count == 1 ? others[0] : ParameterTypes.String, others.Count < types.Length);
    }

    private static string Guess(SourceObject node, ImportLog log)
    {
        if (Has(node, s_mapping))
        {
            return ParameterTypes.Object;
        }

        if (Has(node, s_listing))
        {
            return ParameterTypes.Array;
        }

        if (Sample(node) is { } sample)
        {
            return TypeOf(sample);
        }

        if (Has(node, s_numeric))
        {
            return ParameterTypes.Number;
        }

        if (Has(node, s_textual))
        {
            return ParameterTypes.String;
        }

        log.Add("import.type_missing", node, ParameterTypes.String);
        return ParameterTypes.String;
    }

    private static bool Has(SourceObject node, string[] keywords) => keywords.Any(keyword => node[keyword] is not null);

    private static SourceNode? Sample(SourceObject node)
    {
        var candidates = new[] { node["const"], node["default"], node["defaultVal"], node["example"] }
            .Concat(node["enum"] is SourceArray values ? values.Items : [])
            .Concat(node["examples"] is SourceArray examples ? examples.Items : []);
        return candidates.FirstOrDefault(value => value is not null and not SourceValue { Kind: SourceKind.Null });
    }

    private static string TypeOf(SourceNode value) => value switch
    {
        SourceObject => ParameterTypes.Object,
        SourceArray => ParameterTypes.Array,
        SourceValue { Kind: SourceKind.Boolean } => ParameterTypes.Boolean,
        SourceValue { Kind: SourceKind.Number, Text: var text } => ParameterText.TryParseNumber(text, out var number) && ParameterText.IsInteger(number)
            ? ParameterTypes.Integer
            : ParameterTypes.Number,
        _ => ParameterTypes.String,
    };
}
