using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Editing;

/// <summary>Something that two people changed differently. Each value is JSON text, null where there is none.</summary>
/// <param name="Path">Names from the draft to the member, for example <c>parameters/top_k/maximum</c>. Stays the same while the other rows change.</param>
public sealed record MergeConflict(string Path, string? Before, string? Mine, string? Theirs);

/// <summary>Something that only the other one changed.</summary>
public sealed record MergeChange(string Path, string? Before, string? After);

/// <param name="Common">What both began with.</param>
/// <param name="Schema">Both people's changes; where they conflict, mine, or theirs where that was chosen.</param>
/// <param name="Conflicts">Those that nobody has decided yet.</param>
/// <param name="Theirs">What the other one changed and is in <paramref name="Schema"/>.</param>
public sealed record MergedDraft(ApiSchema Common, ApiSchema Schema, IReadOnlyList<MergeConflict> Conflicts, IReadOnlyList<MergeChange> Theirs)
{
    /// <summary>Where the conflicts are.</summary>
    public IReadOnlySet<string> Paths { get; } = Conflicts.Select(conflict => conflict.Path).ToHashSet();
}

/// <summary>
/// Joins what two people did to the same draft, member by member. Rows are the same where their names are, or, where a name is new, where they
/// stand in the place of a row that is gone.
/// </summary>
public static class DraftMerge
{
    /// <param name="common">What both began with.</param>
    /// <param name="theirsAt">Paths of conflicts in which the other one's value is to be taken; null for none.</param>
    /// <param name="mineAt">Paths of conflicts that are decided for mine; null for none.</param>
    public static MergedDraft ThreeWay(ApiSchema common, ApiSchema mine, ApiSchema theirs, IReadOnlySet<string>? theirsAt = null, IReadOnlySet<string>? mineAt = null)
    {
        var merge = new NodeMerge(theirsAt ?? new HashSet<string>(), mineAt ?? new HashSet<string>());
        var merged = merge.Objects("", DraftText.ToNode(common), DraftText.ToNode(mine), DraftText.ToNode(theirs));
        return new MergedDraft(common, SchemaSharing.Reuse(mine, DraftText.FromNode(merged)), merge.Conflicts, merge.Changes);
    }

    /// <summary>What leads from one draft to another, member by member.</summary>
    public static IReadOnlyList<MergeChange> Changes(ApiSchema from, ApiSchema to) => ThreeWay(from, from, to).Theirs;
}

/// <summary>One merge of JSON trees, as <see cref="DraftText"/> writes them.</summary>
internal sealed class NodeMerge(IReadOnlySet<string> theirsAt, IReadOnlySet<string> mineAt)
{
    private static readonly HashSet<string> s_rows = ["parameters", "payload", "response", "properties"];

    public List<MergeConflict> Conflicts { get; } = [];

    public List<MergeChange> Changes { get; } = [];

    public JsonObject Objects(string path, JsonObject? common, JsonObject mine, JsonObject theirs)
    {
        var merged = new JsonObject();
        foreach (var name in mine.Select(member => member.Key).Union(theirs.Select(member => member.Key)))
        {
            if (Values(path.Length == 0 ? name : $"{path}/{name}", name, common?[name], mine[name], theirs[name]) is { } value)
            {
                merged[name] = value;
            }
        }

        return merged;
    }

    private JsonNode? Values(string path, string name, JsonNode? common, JsonNode? mine, JsonNode? theirs)
    {
        if (s_rows.Contains(name))
        {
            return Rows(path, common as JsonArray ?? [], mine as JsonArray ?? [], theirs as JsonArray ?? []) is { Count: > 0 } rows ? rows : null;
        }

        return mine is JsonObject left && theirs is JsonObject right ? Objects(path, common as JsonObject, left, right) : Whole(path, common, mine, theirs);
    }

    /// <summary>A value that is taken from one or the other.</summary>
    private JsonNode? Whole(string path, JsonNode? common, JsonNode? mine, JsonNode? theirs)
    {
        if (JsonNode.DeepEquals(mine, theirs) || JsonNode.DeepEquals(theirs, common))
        {
            return mine?.DeepClone();
        }

        if (JsonNode.DeepEquals(mine, common))
        {
            Changes.Add(new MergeChange(path, Text(common), Text(theirs)));
            return theirs?.DeepClone();
        }

        if (theirsAt.Contains(path))
        {
            return theirs?.DeepClone();
        }

        if (!mineAt.Contains(path))
        {
            Conflicts.Add(new MergeConflict(path, Text(common), Text(mine), Text(theirs)));
        }

        return mine?.DeepClone();
    }

    private JsonArray Rows(string path, JsonArray common, JsonArray mine, JsonArray theirs)
    {
        var (left, right) = RowIdentities.Of(common, mine, theirs);
        var merged = new JsonArray();
        foreach (var id in RowIdentities.Order(common.Count, left, right))
        {
            var (known, ours, other) = (id < common.Count ? Row(common, id) : null, Row(mine, left.IndexOf(id)), Row(theirs, right.IndexOf(id)));
            var at = $"{path}/{RowIdentities.Name(ours ?? other ?? known!)}";
            var row = ours is not null && other is not null ? Objects(at, known, ours, other) : Whole(at, known, ours, other);
            if (row is not null)
            {
                merged.Add(row);
            }
        }

        return merged;
    }

    private static JsonObject? Row(JsonArray rows, int index) => index < 0 ? null : rows[index]!.AsObject();

    private static string? Text(JsonNode? node) => node?.ToJsonString(s_readable);

    private static readonly System.Text.Json.JsonSerializerOptions s_readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>Which rows of two lists are the same row: a row of the common list keeps its index there as its identity, new ones get numbers after it.</summary>
internal static class RowIdentities
{
    public static string Name(JsonObject row) => row["name"]?.GetValue<string>() ?? "";

    public static (List<int> Mine, List<int> Theirs) Of(JsonArray common, JsonArray mine, JsonArray theirs)
    {
        var next = common.Count;
        var left = Align(common, mine);
        for (var index = 0; index < left.Count; index++)
        {
            left[index] = left[index] < 0 ? next++ : left[index];
        }

        var right = Align(common, theirs);
        var added = left.Select((id, index) => (id, index)).Where(row => row.id >= common.Count).ToList();
        for (var index = 0; index < right.Count; index++)
        {
            if (right[index] < 0)
            {
                // Both added a row of that name: it is one row.
                var name = Name(theirs[index]!.AsObject());
                var same = added.FindIndex(row => name.Length > 0 && Name(mine[row.index]!.AsObject()) == name);
                right[index] = same < 0 ? next++ : added[same].id;
                if (same >= 0)
                {
                    added.RemoveAt(same);
                }
            }
        }

        return (left, right);
    }

    /// <summary>The order of whoever changed it, theirs if both did; rows of the other one come after what they came after there.</summary>
    public static List<int> Order(int common, List<int> mine, List<int> theirs)
    {
        var (order, rest) = IsAscending(theirs.Where(id => id < common)) ? (mine.ToList(), theirs) : (theirs.ToList(), mine);
        for (var index = 0; index < rest.Count; index++)
        {
            if (!order.Contains(rest[index]))
            {
                order.Insert(index == 0 ? 0 : order.IndexOf(rest[index - 1]) + 1, rest[index]);
            }
        }

        return order;
    }

    private static bool IsAscending(IEnumerable<int> ids) => ids.Zip(ids.Skip(1)).All(pair => pair.First < pair.Second);

    private static List<int> Align(JsonArray common, JsonArray rows)
    {
        var free = common.Select((row, index) => (Name: Name(row!.AsObject()), Index: index)).GroupBy(row => row.Name)
            .ToDictionary(group => group.Key, group => new Queue<int>(group.Select(row => row.Index)));
        var ids = rows.Select(row => free.TryGetValue(Name(row!.AsObject()), out var known) && known.TryDequeue(out var index) ? index : -1).ToList();
        var taken = ids.ToHashSet();
        for (var index = 0; index < ids.Count && index < common.Count; index++)
        {
            if (ids[index] < 0 && taken.Add(index))
            {
                ids[index] = index;
            }
        }

        return ids;
    }
}
