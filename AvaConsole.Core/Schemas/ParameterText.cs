using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas;

/// <summary>
/// Values of a parameter as the designer types them: a string without quotes (<c>raw</c>), anything else as JSON
/// (<c>3</c>, <c>true</c>, <c>[1,2]</c>).
/// </summary>
internal static class ParameterText
{
    private const NumberStyles JsonNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>False where the text is not a value of the parameter's type.</summary>
    public static bool TryParse(string type, string text, out JsonNode? value)
    {
        value = type switch
        {
            ParameterTypes.String => JsonValue.Create(text),
            ParameterTypes.Integer => TryParseNumber(text, out var number) && IsInteger(number) ? JsonValue.Create(Normalize(number)) : null,
            ParameterTypes.Number => TryParseNumber(text, out var number) ? JsonValue.Create(Normalize(number)) : null,
            ParameterTypes.Boolean => text is "true" or "false" ? JsonValue.Create(text == "true") : null,
            ParameterTypes.Object => ParseJson(text) as JsonObject,
            ParameterTypes.Array => ParseJson(text) as JsonArray,
            _ => null,
        };
        return value is not null;
    }

    public static bool TryParseNumber(string text, out decimal number) =>
        decimal.TryParse(text, JsonNumber, CultureInfo.InvariantCulture, out number);

    public static bool IsInteger(decimal number) => decimal.Truncate(number) == number;

    /// <summary>The same number without trailing zeros: 3.00 becomes 3.</summary>
    public static decimal Normalize(decimal number) => number / 1.0000000000000000000000000000m;

    public static string Format(decimal number) => Normalize(number).ToString(CultureInfo.InvariantCulture);

    private static JsonNode? ParseJson(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
