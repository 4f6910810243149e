using System.Collections.Concurrent;
using System.Text.Json;

namespace AvaConsole.Core.Schemas.Validation.JsonSchema;

/// <summary>The specification's own schemas, embedded.</summary>
internal static class Metaschemas
{
    private const string Prefix = "https://json-schema.org/draft/2020-12/";

    private static readonly ConcurrentDictionary<string, JsonElement?> s_read = new(StringComparer.Ordinal);

    public static JsonElement? Find(string uri) =>
        uri.StartsWith(Prefix, StringComparison.Ordinal) ? s_read.GetOrAdd(uri, Read) : null;

    private static JsonElement? Read(string uri)
    {
        var name = uri[Prefix.Length..];
        name = name.StartsWith("meta/", StringComparison.Ordinal) ? name["meta/".Length..] : name;
        using var stream = typeof(Metaschemas).Assembly.GetManifestResourceStream($"metaschema.{name}.json");
        if (stream is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
