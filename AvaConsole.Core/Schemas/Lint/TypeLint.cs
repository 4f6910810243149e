using System.Collections.Frozen;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Types and formats, and what other languages call them.</summary>
internal static class TypeLint
{
    private static readonly FrozenDictionary<string, string> s_parameterTypes = new Dictionary<string, string>
    {
        ["str"] = ParameterTypes.String,
        ["text"] = ParameterTypes.String,
        ["varchar"] = ParameterTypes.String,
        ["int"] = ParameterTypes.Integer,
        ["int32"] = ParameterTypes.Integer,
        ["int64"] = ParameterTypes.Integer,
        ["long"] = ParameterTypes.Integer,
        ["short"] = ParameterTypes.Integer,
        ["float"] = ParameterTypes.Number,
        ["double"] = ParameterTypes.Number,
        ["decimal"] = ParameterTypes.Number,
        ["num"] = ParameterTypes.Number,
        ["bool"] = ParameterTypes.Boolean,
        ["dict"] = ParameterTypes.Object,
        ["map"] = ParameterTypes.Object,
        ["struct"] = ParameterTypes.Object,
        ["list"] = ParameterTypes.Array,
        ["tuple"] = ParameterTypes.Array,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> s_payloadTypes = new Dictionary<string, string>
    {
        ["img"] = PayloadTypes.Image,
        ["picture"] = PayloadTypes.Image,
        ["photo"] = PayloadTypes.Image,
        ["str"] = PayloadTypes.Text,
        ["string"] = PayloadTypes.Text,
        ["txt"] = PayloadTypes.Text,
        ["sound"] = PayloadTypes.Audio,
        ["voice"] = PayloadTypes.Audio,
        ["movie"] = PayloadTypes.Video,
        ["vedio"] = PayloadTypes.Video,
        ["object"] = PayloadTypes.Json,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] s_stringFormats =
    [
        "date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "uuid", "regex", "json-pointer", "byte", "binary", "password",
    ];

    /// <summary>The payload type that was likely meant; null where none is near.</summary>
    public static string? NearPayloadType(string type) => s_payloadTypes.GetValueOrDefault(type) ?? NearestName.Find(type, [.. PayloadTypes.All]);

    public static void CheckUnknown(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        var fix = NearParameterType(parameter.Type) is null
            ? null
            : site.Fix(now => !ParameterTypes.All.Contains(now.Type) && NearParameterType(now.Type) is { } type ? now with { Type = type } : now);
        sink.Add("schema.type_unknown", site.Member("Type"), fix, parameter.Type);
    }

    public static void CheckFormat(LintSite<ApiParameter> site, ApiParameter parameter, LintSink sink)
    {
        if (parameter.Format.Length == 0)
        {
            return;
        }

        if (!Fits(parameter))
        {
            var fix = site.Fix(now => Fits(now) ? now : now with { Format = "" });
            sink.Add("schema.format_wrong_type", site.Member("Format"), fix, parameter.Format, parameter.Type);
        }
        else if (KnownFormats(parameter.Type) is { } known && !known.Contains(parameter.Format))
        {
            var near = NearestName.Find(parameter.Format, known);
            var fix = near is null ? null : site.Fix(now => now.Format == parameter.Format ? now with { Format = near } : now);
            sink.Add("schema.format_unknown", site.Member("Format"), fix, parameter.Format, parameter.Type);
        }
    }

    private static bool Fits(ApiParameter parameter) => parameter.Format switch
    {
        "int32" or "int64" => parameter.Type == ParameterTypes.Integer,
        "float" or "double" => parameter.Type == ParameterTypes.Number,
        _ => true,
    };

    private static string[]? KnownFormats(string type) => type switch
    {
        ParameterTypes.String => s_stringFormats,
        ParameterTypes.Integer => ["int32", "int64"],
        ParameterTypes.Number => ["float", "double"],
        _ => null,
    };

    private static string? NearParameterType(string type) => s_parameterTypes.GetValueOrDefault(type) ?? NearestName.Find(type, [.. ParameterTypes.All]);
}
