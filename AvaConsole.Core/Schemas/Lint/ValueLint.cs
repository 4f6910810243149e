using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Validation;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Values that the document itself gives: allowed ones, defaults and examples must obey the rules beside them.</summary>
internal static class ValueLint
{
    public static void Check(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        CheckEnum(site, parameter, sink);
        CheckDefault(site, parameter, sink);
        CheckExample(site, parameter, sink);
        if (parameter is { Required: true, Default.Length: > 0 })
        {
            sink.Add("schema.default_never_used", site.Member("Default"), null);
        }

        if (parameter is { Required: true, Deprecated: true })
        {
            sink.Add("schema.deprecated_required", site.Member("Deprecated"), null);
        }
    }

    private static void CheckEnum(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < parameter.Enum.Count; i++)
        {
            var (field, text) = (site.Member($"Enum[{i}]"), parameter.Enum[i]);
            if (!ParameterText.TryParse(parameter.Type, text, out var value))
            {
                sink.Add("schema.enum_wrong_type", field, null, text, parameter.Type);
            }
            else if (!seen.Add(value!.ToJsonString()))
            {
                sink.Add("schema.enum_duplicate", field, site.Fix(WithoutDuplicates), text);
            }
            else if (!IsInside(parameter, text))
            {
                sink.Add("schema.enum_outside_range", field, null, text);
            }
        }

        if (parameter.Enum.Count > SchemaLint.MaxMembers)
        {
            sink.Add("schema.too_many", site.Member("Enum"), null, SchemaLint.MaxMembers);
        }
    }

    private static void CheckDefault(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        var (field, text) = (site.Member("Default"), parameter.Default);
        if (text.Length == 0)
        {
            return;
        }

        if (!ParameterText.TryParse(parameter.Type, text, out var value))
        {
            var meant = Meant(parameter.Type, text);
            sink.Add("schema.default_wrong_type", field, meant is null ? null : Replaced(site, text, meant), text, parameter.Type);
        }
        else if (!IsInside(parameter, text))
        {
            sink.Add("schema.default_outside_range", field, Replaced(site, text, ""), text);
        }
        else if (parameter.Enum.Count > 0 && !parameter.Enum.Any(allowed => IsSame(parameter.Type, allowed, value!)))
        {
            var spelled = parameter.Enum.FirstOrDefault(allowed =>
                string.Equals(allowed, text, StringComparison.OrdinalIgnoreCase) && ParameterText.TryParse(parameter.Type, allowed, out _)) ?? "";
            sink.Add("schema.default_not_in_enum", field, Replaced(site, text, spelled), text);
        }
        else if (!Accepts(parameter, value!))
        {
            sink.Add("schema.default_breaks_rules", field, Replaced(site, text, ""), text);
        }
    }

    private static void CheckExample(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        var text = parameter.Example;
        if (text.Length == 0)
        {
            return;
        }

        var fits = ParameterText.TryParse(parameter.Type, text, out var value)
            && IsInside(parameter, text)
            && (parameter.Enum.Count == 0 || parameter.Enum.Any(allowed => IsSame(parameter.Type, allowed, value!)))
            && Accepts(parameter, value!);
        if (!fits)
        {
            sink.Add("schema.example_invalid", site.Member("Example"), site.Fix(now => now.Example == text ? now with { Example = "" } : now), text);
        }
    }

    private static ApiParameter WithoutDuplicates(ApiParameter parameter)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = parameter.Enum.Where(text => !ParameterText.TryParse(parameter.Type, text, out var value) || seen.Add(value!.ToJsonString())).ToList();
        return kept.Count == parameter.Enum.Count ? parameter : parameter with { Enum = kept };
    }

    private static Func<ApiSchema, ApiSchema> Replaced(LintSite<ApiParameter> site, string text, string by) =>
        site.Fix(now => now.Default == text ? now with { Default = by } : now);

    /// <summary>The value that other languages write so: <c>True</c> is <c>true</c>, <c>3.0</c> in quotes is 3.</summary>
    private static string? Meant(string type, string text)
    {
        if (type == ParameterTypes.Boolean)
        {
            return text.ToLowerInvariant() switch
            {
                "true" or "yes" or "on" or "1" => "true",
                "false" or "no" or "off" or "0" => "false",
                _ => null,
            };
        }

        var bare = text.Trim().Trim('"', '\'');
        return bare != text && ParameterText.TryParse(type, bare, out _) ? bare : null;
    }

    private static bool IsSame(string type, string text, JsonNode value) =>
        ParameterText.TryParse(type, text, out var other) && JsonNode.DeepEquals(other, value);

    private static bool IsInside(ApiParameter parameter, string text) => parameter.Type switch
    {
        ParameterTypes.Integer or ParameterTypes.Number => ParameterText.TryParseNumber(text, out var number) && IsInside(parameter, number),
        ParameterTypes.String => !(text.EnumerateRunes().Count() < parameter.MinLength) && !(text.EnumerateRunes().Count() > parameter.MaxLength),
        _ => true,
    };

    private static bool IsInside(ApiParameter parameter, decimal number) =>
        !(number < parameter.Minimum)
        && !(number > parameter.Maximum)
        && !(number <= parameter.ExclusiveMinimum)
        && !(number >= parameter.ExclusiveMaximum)
        && (parameter.MultipleOf is not > 0 || number % parameter.MultipleOf.Value == 0);

    /// <summary>Asks the validator that live requests meet, for what is beyond bounds and lengths.</summary>
    private static bool Accepts(ApiParameter parameter, JsonNode value)
    {
        if (parameter is { Pattern.Length: 0, Format.Length: 0, Type: not (ParameterTypes.Object or ParameterTypes.Array) })
        {
            return true;
        }

        var probe = CompiledSchema.Compile(new ApiSchema { Parameters = [parameter with { Name = "value", Required = false, Default = "", Enum = [] }] });
        return probe.ValidateParameters(JsonSerializer.SerializeToElement(new JsonObject { ["value"] = value }), "$").Count == 0;
    }
}
