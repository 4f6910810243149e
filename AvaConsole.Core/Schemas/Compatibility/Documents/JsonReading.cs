using System.Globalization;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>Reads values of a document that may hold anything at any place.</summary>
internal static class JsonReading
{
    /// <summary>The text there; empty where there is none.</summary>
    public static string Text(this JsonObject? map, string key) => AsText(map?[key]);

    /// <summary>Whether it says <c>true</c> there.</summary>
    public static bool Flag(this JsonObject? map, string key) => map?[key] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>The texts of a list; those alone of its items that are texts.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? list) =>
        list is JsonArray items ? [.. items.OfType<JsonValue>().Select(item => AsText(item)).Where(text => text.Length > 0)] : [];

    private static string AsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>The day that an <c>x-sunset</c> names: an RFC 3339 date, or a time of which the day counts. Null for anything else.</summary>
    public static DateOnly? AsDay(JsonNode? node)
    {
        var text = AsText(node);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        var isTime = text.Length > 10 && text[10] is 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return isTime && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) ? day : null;
    }
}
