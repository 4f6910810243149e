using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>A media type before and after.</summary>
internal sealed record ContentPair(string FromName, JsonObject From, string ToName, JsonObject To);

/// <summary>Pairs the media types of two bodies: of the same name, or one a special case of the other.</summary>
internal sealed class ContentMatch
{
    public ContentMatch(ApiDocument fromDocument, JsonObject from, ApiDocument toDocument, JsonObject to)
    {
        var before = new SortedDictionary<string, JsonObject>(new Dictionary<string, JsonObject>(fromDocument.Entries(from["content"])), StringComparer.Ordinal);
        var after = new SortedDictionary<string, JsonObject>(new Dictionary<string, JsonObject>(toDocument.Entries(to["content"])), StringComparer.Ordinal);
        foreach (var (name, media) in before)
        {
            if (after.TryGetValue(name, out var same))
            {
                Pairs.Add(new ContentPair(name, media, name, same));
            }
            else
            {
                Removed.Add(name);
            }
        }

        foreach (var name in after.Keys.Where(name => !before.ContainsKey(name)))
        {
            if (Removed.FirstOrDefault(removed => AreRelated(removed, name)) is { } related)
            {
                Removed.Remove(related);
                Pairs.Add(new ContentPair(related, before[related], name, after[name]));
            }
            else
            {
                Added.Add(name);
            }
        }
    }

    public List<ContentPair> Pairs { get; } = [];

    public List<string> Added { get; } = [];

    public List<string> Removed { get; } = [];

    private static bool AreRelated(string first, string second) =>
        MediaTypeName.Parse(first) is { } one && MediaTypeName.Parse(second) is { } other && (one.Contains(other) || other.Contains(one));
}
