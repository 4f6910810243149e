using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>What a YAML scalar means in the core schema of YAML 1.2; numbers keep every digit.</summary>
internal static partial class YamlScalar
{
    private const string Prefix = "tag:yaml.org,2002:";

    public static JsonNode? Read(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value.Replace(Prefix, "", StringComparison.Ordinal);
        if (tag == "str" || (scalar.Style != ScalarStyle.Plain && tag.Length == 0))
        {
            return JsonValue.Create(scalar.Value);
        }

        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            var text => Number(text) ?? JsonValue.Create(text),
        };
    }

    private static JsonNode? Number(string text)
    {
        if (text[0] is not ('+' or '-' or '.' or (>= '0' and <= '9')))
        {
            return null;
        }

        if (JsonNumber().IsMatch(text))
        {
            return JsonNode.Parse(text);
        }

        var based = BasedInteger().Match(text);
        if (based.Success)
        {
            return Based(based.Groups["digits"].Value, based.Groups["radix"].Value == "x" ? 16 : 8);
        }

        // ".5", "5.", "+1" and "007" are numbers to YAML and none to JSON.
        return LooseNumber().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : null;
    }

    // "0x1F" and "0o17"; a digit beyond the radix makes it a text.
    private static JsonNode? Based(string digits, int radix)
    {
        var sum = BigInteger.Zero;
        foreach (var digit in digits)
        {
            var value = Convert.ToInt32(digit.ToString(), 16);
            if (value >= radix)
            {
                return null;
            }

            sum = (sum * radix) + value;
        }

        return JsonNode.Parse(sum.ToString(CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,400})(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?\z")]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"^0(?<radix>[xo])(?<digits>[0-9a-fA-F]{1,64})\z")]
    private static partial Regex BasedInteger();

    [GeneratedRegex(@"^[+-]?(\.[0-9]{1,400}|[0-9]{1,400}(\.[0-9]{0,400})?)([eE][+-]?[0-9]{1,3})?\z")]
    private static partial Regex LooseNumber();
}
