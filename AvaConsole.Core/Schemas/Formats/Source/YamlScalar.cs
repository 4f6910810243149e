using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AvaConsole.Core.Schemas.Formats.Source;

/// <summary>What a scalar means in YAML 1.2's core schema. Numbers that JSON writes otherwise (<c>0x1F</c>, <c>.5</c>) take JSON's form.</summary>
internal static partial class YamlScalar
{
    private const int MaxDigits = 400;

    public static SourceValue Resolve(Scalar scalar, string pointer, int line)
    {
        var (kind, text) = scalar switch
        {
            { Style: not ScalarStyle.Plain } => (SourceKind.String, scalar.Value),
            { Tag: { IsEmpty: false, Value: "tag:yaml.org,2002:str" } } => (SourceKind.String, scalar.Value),
            _ => Plain(scalar.Value),
        };
        return new SourceValue(pointer, line, kind, text);
    }

    private static (SourceKind Kind, string Text) Plain(string value) => value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => (SourceKind.Null, "null"),
        "true" or "True" or "TRUE" => (SourceKind.Boolean, "true"),
        "false" or "False" or "FALSE" => (SourceKind.Boolean, "false"),
        _ when value.Length > MaxDigits || !(char.IsAsciiDigit(value[0]) || value[0] is '-' or '+' or '.') => (SourceKind.String, value),
        _ when JsonNumber().IsMatch(value) => (SourceKind.Number, value),
        _ when HexNumber().IsMatch(value) => (SourceKind.Number, BigInteger.Parse("0" + value[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)),
        _ when OctalNumber().IsMatch(value) => (SourceKind.Number, Octal(value[2..])),
        _ when YamlNumber().Match(value) is { Success: true } match => (SourceKind.Number, Json(match)),
        _ => (SourceKind.String, value),
    };

    private static string Octal(string digits) =>
        digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')).ToString(CultureInfo.InvariantCulture);

    private static string Json(Match match)
    {
        var whole = match.Groups["whole"].Value.TrimStart('0');
        var fraction = match.Groups["fraction"].Value;
        return string.Concat(
            match.Groups["sign"].Value == "-" ? "-" : "",
            whole.Length == 0 ? "0" : whole,
            fraction.Length > 1 ? fraction : "",
            match.Groups["exponent"].Value);
    }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"\A0x[0-9a-fA-F]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex HexNumber();

    [GeneratedRegex(@"\A0o[0-7]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex OctalNumber();

    [GeneratedRegex(@"\A(?<sign>[-+]?)(?<whole>[0-9]*)(?<fraction>(?<=[0-9])\.|\.[0-9]+)?(?<exponent>(?<=[0-9.])[eE][-+]?[0-9]+)?(?<=[0-9.])\z", RegexOptions.CultureInvariant)]
    private static partial Regex YamlNumber();
}
