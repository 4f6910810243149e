using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>
/// What a format has no word for, kept beside what it says: the members of the model that reading the visible part back would not give. Where a
/// format says all of it, there are none.
/// </summary>
internal static class ModelMembers
{
    /// <summary>The members of <paramref name="wanted"/> that differ from those of <paramref name="read"/>; null for none.</summary>
    /// <param name="nested">Members that have their own place in the document.</param>
    public static JsonObject? Difference<T>(T wanted, T read, params IReadOnlyList<string> nested)
    {
        var (target, source) = (Members(wanted), Members(read));
        var difference = new JsonObject();
        foreach (var (name, value) in target.Where(member => !nested.Contains(member.Key)))
        {
            if (!source.TryGetPropertyValue(name, out var other) || !JsonNode.DeepEquals(value, other))
            {
                difference[name] = value?.DeepClone();
            }
        }

        foreach (var (name, _) in source.Where(member => !nested.Contains(member.Key) && !target.ContainsKey(member.Key)))
        {
            difference[name] = null;
        }

        return difference.Count > 0 ? difference : null;
    }

    /// <summary>The model with those members; null where they are not such members.</summary>
    public static T? With<T>(T read, JsonObject difference)
        where T : class
    {
        var members = Members(read);
        foreach (var (name, value) in difference)
        {
            members[name] = value?.DeepClone();
        }

        try
        {
            return members.Deserialize<T>(ApiSchemaJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Members<T>(T model) => (JsonObject)JsonSerializer.SerializeToNode(model, ApiSchemaJson.Options)!;
}
