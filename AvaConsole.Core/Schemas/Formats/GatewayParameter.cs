using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;
using static AvaConsole.Core.Schemas.Formats.ParameterWriter;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// One parameter's own rules in the gateway's dialect: <c>defaultVal</c> for a default, lengths in bytes, the length of an array under the same keywords.
/// Rules are written so that the gateway refuses nothing that the API takes; what it cannot check at all, <see cref="GatewayRefusals"/> refuses.
/// </summary>
internal static class GatewayParameter
{
    /// <summary>The most bytes that one UTF-8 character takes: the gateway counts bytes where a schema counts characters.</summary>
    private const int BytesPerCharacter = 4;

    public static IReadOnlySet<string> Keywords { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "type", "title", "description", "minimum", "maximum", "multipleOf", "minLength", "maxLength", "pattern", "enum", "enums", "defaultVal", "default",
        "examples", "const",
    };

    public static JsonObject Own(ApiParameter parameter)
    {
        var written = new JsonObject { ["type"] = parameter.Type };
        AddIfAny(written, "title", parameter.Title);
        AddIfAny(written, "description", parameter.Description);
        var (minimum, maximum) = Bounds(parameter);
        AddIfAny(written, "minimum", minimum is { } least ? ParameterText.Normalize(least) : null);
        AddIfAny(written, "maximum", maximum is { } most ? ParameterText.Normalize(most) : null);
        AddIfAny(written, "multipleOf", parameter.MultipleOf is { } step ? ParameterText.Normalize(step) : null);
        var isArray = parameter.Type == ParameterTypes.Array;
        AddIfAny(written, "minLength", isArray ? parameter.MinItems : parameter.MinLength);
        AddIfAny(written, "maxLength", isArray ? parameter.MaxItems : parameter.MaxLength is { } length ? Math.Min((long)length * BytesPerCharacter, int.MaxValue) : null);
        AddIfAny(written, "pattern", GatewayPattern.Write(parameter.Pattern));
        if (parameter.Enum.Count > 0)
        {
            written["enum"] = new JsonArray([.. parameter.Enum.Select(value => ParameterValues.Typed(parameter.Type, value, exact: false))]);
        }

        AddIfAny(written, "defaultVal", parameter.Default.Length == 0 ? null : ParameterValues.Typed(parameter.Type, parameter.Default, exact: false));
        AddIfAny(written, "examples", parameter.Example.Length == 0 ? null : new JsonArray(ParameterValues.Typed(parameter.Type, parameter.Example, exact: false)));
        return written;
    }

    public static ApiParameter Read(SourceObject node, ImportLog log)
    {
        var keywords = new KeywordReader(node, log);
        var (type, nullable) = SchemaType.Read(node, SchemaDialect.Webgate, log);
        var isArray = type == ParameterTypes.Array;
        var (least, most) = (keywords.Count("minLength"), keywords.Count("maxLength"));
        if (!isArray && most is not null && GatewayMarker.Find(node) is null)
        {
            log.Add("import.webgate_bytes", node["maxLength"]!, most);
        }

        return Values(node, keywords, log, new ApiParameter
        {
            Type = type,
            Nullable = nullable,
            Title = keywords.Text("title"),
            Description = keywords.Text("description"),
            Minimum = keywords.Number("minimum"),
            Maximum = keywords.Number("maximum"),
            MultipleOf = keywords.Number("multipleOf"),
            MinLength = isArray ? null : least,
            MaxLength = isArray ? null : most,
            MinItems = isArray ? least : null,
            MaxItems = isArray ? most : null,
            Pattern = keywords.Text("pattern"),
        });
    }

    private static ApiParameter Values(SourceObject node, KeywordReader keywords, ImportLog log, ApiParameter parameter)
    {
        var choices = node["const"] is { } only ? [only] : keywords.Items(node["enum"] is null ? "enums" : "enum");
        var standard = node["default"] is { } value and not SourceObject ? value : null;
        if (standard is not null)
        {
            log.Add("import.webgate_default", standard);
        }

        var examples = keywords.Items("examples");
        return parameter with
        {
            Enum = [.. choices.Where(choice => choice is not SourceValue { Kind: SourceKind.Null }).Select(ParameterValues.Text)],
            Default = (node["defaultVal"] ?? standard) is { } given and not SourceValue { Kind: SourceKind.Null } ? ParameterValues.Text(given) : "",
            Example = examples.Count > 0 ? ParameterValues.Text(examples[0]) : "",
        };
    }

    /// <summary>The bounds that whole numbers inside exclusive ones, and of 32 bits, have.</summary>
    private static (decimal? Minimum, decimal? Maximum) Bounds(ApiParameter parameter)
    {
        var (minimum, maximum) = (parameter.Minimum, parameter.Maximum);
        if (parameter.Type != ParameterTypes.Integer)
        {
            return (minimum, maximum);
        }

        minimum = Greatest(minimum, parameter.ExclusiveMinimum is { } above ? decimal.Floor(above) + 1 : null);
        maximum = Least(maximum, parameter.ExclusiveMaximum is { } below ? decimal.Ceiling(below) - 1 : null);
        return parameter.Format == "int32" ? (Greatest(minimum, int.MinValue), Least(maximum, int.MaxValue)) : (minimum, maximum);
    }

    private static decimal? Greatest(decimal? first, decimal? second) => first is null || second > first ? second ?? first : first;

    private static decimal? Least(decimal? first, decimal? second) => first is null || second < first ? second ?? first : first;
}
