using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;
using AvaConsole.Core.Schemas.Validation.Patterns;
using AvaConsole.Core.Schemas.Validation.StringFormats;

namespace AvaConsole.Core.Schemas.Validation.Gateway;

/// <summary>Compiles the gateway's dialect. One keyword that the gateway does not know makes it refuse the whole file.</summary>
internal sealed class GatewayCompiler(List<Problem> problems)
{
    private const int MaxDepth = 64;

    private static readonly string[] s_ignored = ["title", "comment", "description", "$schema", "$comment", "examples"];

    private static readonly Dictionary<string, TypeMask> s_types = new(StringComparer.Ordinal)
    {
        ["string"] = TypeMask.String,
        ["integer"] = TypeMask.Integer,
        ["number"] = TypeMask.Number,
        ["bool"] = TypeMask.Boolean,
        ["boolean"] = TypeMask.Boolean,
        ["object"] = TypeMask.Object,
        ["array"] = TypeMask.Array,
    };

    private static readonly string[] s_formats =
    [
        "date", "date-time", "email", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri", "iri-reference", "json-pointer", "regex",
        "relative-json-pointer", "time", "uri", "uri-reference", "uri-template",
    ];

    private int _depth;

    /// <summary>Never null; meaningless once a problem has been found.</summary>
    /// <param name="place">Where the schema stands in its file.</param>
    public GatewaySchema Compile(JsonElement schema, string place)
    {
        var result = new GatewaySchema();
        if (++_depth > MaxDepth)
        {
            problems.Add(new Problem(place, "gateway_schema.too_deep", MaxDepth));
        }
        else if (schema.ValueKind == JsonValueKind.Array)
        {
            // A list stands for its alternatives.
            Alternatives(result, Part.Of(schema, place));
        }
        else if (schema.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new Problem(place, "json_schema.not_a_schema"));
        }
        else
        {
            Fill(result, new Part(schema, place));
        }

        _depth--;
        return result;
    }

    public void Bad(Part part, string keyword, string expected) => problems.Add(new Problem(part.Place, "gateway_schema.bad_keyword", keyword, expected));

    private void Fill(GatewaySchema result, Part schema)
    {
        foreach (var keyword in schema.Value.EnumerateObject())
        {
            if (!s_ignored.Contains(keyword.Name) && !GatewayKeywords.All.Contains(keyword.Name))
            {
                problems.Add(new Problem(schema.Of(keyword.Name, keyword.Value).Place, "gateway_schema.unknown_keyword", keyword.Name));
            }
        }

        FillScalars(result, schema);
        new GatewayKeywords(this, problems, result, schema).Fill();
    }

    private void FillScalars(GatewaySchema result, Part schema)
    {
        var node = result.Node;
        if (schema.Has("type") is { } type)
        {
            FillTypes(node, type);
        }

        foreach (var keyword in (ReadOnlySpan<string>)["enum", "enums"])
        {
            if (schema.Has(keyword) is { } values && values.Is(JsonValueKind.Array, this, keyword, "array"))
            {
                node.Values = new ValueSet(Keyword.Enum, [.. values.Value.EnumerateArray().Select(value => value.GetRawText())], takesNull: true);
            }
        }

        FillNumbers(node, schema);
        FillLengths(node, schema);
    }

    private void FillTypes(SchemaNode node, Part type)
    {
        var names = type.Value.ValueKind == JsonValueKind.String ? type.Value.GetString()!.Split('|') : [""];
        if (!names.All(s_types.ContainsKey))
        {
            Bad(type, "type", string.Join(", ", s_types.Keys));
            return;
        }

        (node.Types, node.TypeNames) = (names.Aggregate(TypeMask.Null, (mask, name) => mask | s_types[name]), string.Join(", ", names));
    }

    private void FillNumbers(SchemaNode node, Part schema)
    {
        var rules = new NumberRules();
        foreach (var (name, keyword) in (ReadOnlySpan<(string, Keyword)>)[("minimum", Keyword.Minimum), ("maximum", Keyword.Maximum)])
        {
            if (schema.Has(name) is { } bound && bound.Is(JsonValueKind.Number, this, name, "number"))
            {
                rules.AddBound(keyword, bound.Value.GetRawText());
                node.Numbers = rules;
            }
        }

        if (schema.Has("multipleOf") is { } divisor && divisor.Is(JsonValueKind.Number, this, "multipleOf", "number > 0"))
        {
            if (JsonNumber.Parse(divisor.Value.GetRawText()).Sign <= 0)
            {
                Bad(divisor, "multipleOf", "number > 0");
                return;
            }

            rules.AddDivisor(divisor.Value.GetRawText());
            node.Numbers = rules;
        }
    }

    private void FillLengths(SchemaNode node, Part schema)
    {
        var (least, most) = (Count(schema, "minLength", 0), Count(schema, "maxLength", int.MaxValue));
        var strings = new StringRules { MinLength = least, MaxLength = most, CountsBytes = true };
        if (schema.Has("pattern") is { } pattern && pattern.Is(JsonValueKind.String, this, "pattern", "string"))
        {
            AddPattern(strings, pattern);
        }

        if (schema.Has("format") is { } format && format.Is(JsonValueKind.String, this, "format", "string"))
        {
            AddFormat(strings, format);
        }

        node.Strings = strings.IsEmpty ? null : strings;
        var arrays = new ArrayRules { MinItems = least, MaxItems = most };
        node.Arrays = arrays.IsEmpty ? null : arrays;
        var (few, many) = (Count(schema, "minB64DLen", 0), Count(schema, "maxB64DLen", int.MaxValue));
        if (few > 0 || many < int.MaxValue)
        {
            node.InPlace = [.. node.InPlace, new Base64LengthRule(few, many)];
        }
    }

    private void AddFormat(StringRules strings, Part format)
    {
        var name = format.Value.GetString()!;
        if (s_formats.Contains(name) && KnownFormats.Find(name) is { } check)
        {
            strings.Formats.Add(new StringFormat(name, check));
        }
        else
        {
            Bad(format, "format", string.Join(", ", s_formats));
        }
    }

    private void AddPattern(StringRules strings, Part pattern)
    {
        var matcher = PatternMatcher.Compile(pattern.Value.GetString()!);
        if (matcher.IsSuccess)
        {
            strings.Patterns.Add(matcher.Value);
        }
        else
        {
            problems.Add(((InvalidError)matcher.Error).Problems[0] with { Field = pattern.Place });
        }
    }

    public int Count(Part schema, string keyword, int otherwise)
    {
        if (schema.Has(keyword) is not { } value || !value.Is(JsonValueKind.Number, this, keyword, "integer >= 0"))
        {
            return otherwise;
        }

        if (JsonNumber.Parse(value.Value.GetRawText()).Sign >= 0)
        {
            return value.Value.TryGetDouble(out var number) ? (int)Math.Min(number, int.MaxValue) : int.MaxValue;
        }

        Bad(value, keyword, "integer >= 0");
        return otherwise;
    }

    public List<GatewaySchema> Alternatives(GatewaySchema result, Part list)
    {
        var schemas = list.Value.EnumerateArray().Select((schema, index) => Compile(schema, $"{list.Place}/{index}")).ToList();
        result.Any.Add(schemas);
        result.Node.InPlace = [.. result.Node.InPlace, new AnyOfRule([.. schemas.Select(schema => schema.Node)])];
        return schemas;
    }

    /// <summary>A value and where it stands.</summary>
    internal readonly record struct Part(JsonElement Value, string Place)
    {
        public static Part Of(JsonElement value, string place) => new(value, place);

        public Part Of(string name, JsonElement value) => new(value, $"{Place}/{ProblemTexts.Escape(name)}");

        public Part? Has(string keyword) => Value.TryGetProperty(keyword, out var value) ? Of(keyword, value) : null;

        public bool Is(JsonValueKind kind, GatewayCompiler compiler, string keyword, string expected)
        {
            if (Value.ValueKind != kind)
            {
                compiler.Bad(this, keyword, expected);
            }

            return Value.ValueKind == kind;
        }
    }
}
