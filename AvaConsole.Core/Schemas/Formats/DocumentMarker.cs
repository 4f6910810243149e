using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>The document's own members (group, gateway settings, …) in a format that has no place for them.</summary>
internal static class DocumentMarker
{
    private static readonly string[] s_nested = ["parameters", "payload", "response"];
    private static readonly string[] s_visible = ["service", "title", "version", "description"];

    /// <summary>What the head of an OpenAPI document says; a title that is the service's name says no more than that.</summary>
    public static ApiSchema OfOpenApi(string service, string title, string version, string description) =>
        new() { Service = service, Title = title == service ? "" : title, Version = version, Description = description };

    public static JsonObject? Difference(ApiSchema schema, ApiSchema read) => ModelMembers.Difference(schema, read, s_nested);

    /// <summary>The document with the marker's members.</summary>
    /// <param name="sameHead">True where the document's head would be written as it is; where it is not, it was changed since, and wins.</param>
    public static ApiSchema Apply(ApiSchema read, SourceNode? marker, Func<ApiSchema, bool> sameHead, ImportLog log)
    {
        if (marker is not SourceObject members)
        {
            return read;
        }

        var kept = (JsonObject)members.ToJson();
        foreach (var name in s_nested)
        {
            kept.Remove(name);
        }

        var whole = ModelMembers.With(read, kept);
        if (whole is not null && sameHead(whole))
        {
            return whole;
        }

        log.Add("import.marker_stale", marker, ParameterWriter.Marker);
        foreach (var name in s_visible)
        {
            kept.Remove(name);
        }

        return ModelMembers.With(read, kept) ?? read;
    }
}
