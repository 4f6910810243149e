using System.Globalization;
using System.Text.Json;

namespace AvaConsole.Core.Images.Registries;

/// <summary>Documents of a registry or an image, in which anything may be missing or of another type.</summary>
internal static class UntrustedJson
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 32 };

    /// <summary>An object; null for anything else.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> bytes)
    {
        var document = ParseAny(bytes);
        if (document is null || document.RootElement.ValueKind == JsonValueKind.Object) return document;
        document.Dispose();
        return null;
    }

    /// <summary>Any value; null for what is no JSON.</summary>
    public static JsonDocument? ParseAny(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Empty where it is no text.</summary>
    public static string TextOf(this JsonElement element, string name) => Find(element, name, JsonValueKind.String) is { } value ? TextOf(value) : "";

    /// <summary>Empty where it is no text.</summary>
    public static string TextOf(this JsonElement value) => value.ValueKind == JsonValueKind.String ? Read(() => value.GetString() ?? "") : "";

    /// <summary>0 where it is no whole number.</summary>
    public static long LongOf(this JsonElement element, string name) =>
        Find(element, name, JsonValueKind.Number) is { } value && value.TryGetInt64(out var number) ? number : 0;

    public static JsonElement? ObjectOf(this JsonElement element, string name) => Find(element, name, JsonValueKind.Object);

    /// <summary>Empty where it is no list.</summary>
    public static IEnumerable<JsonElement> ItemsOf(this JsonElement element, string name) =>
        Find(element, name, JsonValueKind.Array) is { } value ? value.EnumerateArray() : [];

    /// <summary>The texts of an object, cleaned; at most <paramref name="max"/>.</summary>
    public static IReadOnlyDictionary<string, string> TextsOf(this JsonElement element, string name, int max)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (element.ObjectOf(name) is { } value)
        {
            foreach (var property in value.EnumerateObject().Take(max)) texts[Untrusted.Line(Read(() => property.Name))] = Untrusted.Text(property.Value.TextOf());
        }

        return texts;
    }

    /// <summary>A moment as RFC 3339 writes it; null for anything else, and for the zero that builders write where they keep none.</summary>
    public static DateTimeOffset? MomentOf(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(element.TextOf(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year > 1970 ? moment.ToUniversalTime() : null;

    private static string Read(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which is JSON but no text.
            return "";
        }
    }

    private static JsonElement? Find(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
