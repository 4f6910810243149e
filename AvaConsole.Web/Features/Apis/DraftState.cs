using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis;

/// <summary>The lists of a draft whose rows can be added, moved and removed.</summary>
public enum DraftList
{
    Parameters,
    Payload,
    Response,
}

/// <summary>
/// One moment of an edited draft: the schema and a stable key per row, so that a row keeps its place on the screen (and the
/// cursor in it) while others move. Immutable: a history of edits is a list of these.
/// </summary>
public sealed record DraftState(ApiSchema Schema, IReadOnlyList<int> ParameterKeys, IReadOnlyList<int> PayloadKeys, IReadOnlyList<int> ResponseKeys)
{
    public static DraftState From(ApiSchema schema, ref int nextKey)
    {
        var parameters = Take(schema.Parameters.Count, ref nextKey);
        var payload = Take(schema.Payload.Count, ref nextKey);
        return new DraftState(schema, parameters, payload, Take(schema.Response.Count, ref nextKey));
    }

    /// <summary>The same page with another schema, as undo, a merge or the code give it: rows that are still there keep their keys.</summary>
    public DraftState Adopt(ApiSchema schema, ref int nextKey) => new(
        schema,
        Match(Schema.Parameters, ParameterKeys, schema.Parameters, parameter => parameter.Name, ref nextKey),
        Match(Schema.Payload, PayloadKeys, schema.Payload, entry => entry.Name, ref nextKey),
        Match(Schema.Response, ResponseKeys, schema.Response, entry => entry.Name, ref nextKey));

    public IReadOnlyList<int> Keys(DraftList list) => list switch
    {
        DraftList.Parameters => ParameterKeys,
        DraftList.Payload => PayloadKeys,
        _ => ResponseKeys,
    };

    public int Count(DraftList list) => Keys(list).Count;

    /// <summary>Does the same to the rows of a list and to their keys.</summary>
    public DraftState Rearrange(DraftList list, IListEdit edit) => list switch
    {
        DraftList.Parameters => this with { Schema = Schema with { Parameters = edit.Apply(Schema.Parameters) }, ParameterKeys = edit.Apply(ParameterKeys) },
        DraftList.Payload => this with { Schema = Schema with { Payload = edit.Apply(Schema.Payload) }, PayloadKeys = edit.Apply(PayloadKeys) },
        _ => this with { Schema = Schema with { Response = edit.Apply(Schema.Response) }, ResponseKeys = edit.Apply(ResponseKeys) },
    };

    /// <summary>The request or response entries.</summary>
    public IReadOnlyList<PayloadEntry> Entries(DraftList list) => list == DraftList.Payload ? Schema.Payload : Schema.Response;

    // By name first; a row whose name is new took the place of the one that was there, if that one is gone.
    private static int[] Match<T>(IReadOnlyList<T> old, IReadOnlyList<int> oldKeys, IReadOnlyList<T> rows, Func<T, string> name, ref int nextKey)
    {
        var keys = new int?[rows.Count];
        var free = new Dictionary<string, Queue<int>>();
        for (var index = 0; index < old.Count; index++)
        {
            (free.TryGetValue(name(old[index]), out var known) ? known : free[name(old[index])] = new Queue<int>()).Enqueue(oldKeys[index]);
        }

        for (var index = 0; index < rows.Count; index++)
        {
            keys[index] = free.TryGetValue(name(rows[index]), out var known) && known.TryDequeue(out var key) ? key : null;
        }

        var taken = keys.OfType<int>().ToHashSet();
        for (var index = 0; index < rows.Count; index++)
        {
            keys[index] ??= index < oldKeys.Count && taken.Add(oldKeys[index]) ? oldKeys[index] : nextKey++;
        }

        return [.. keys.Select(key => key!.Value)];
    }

    private static int[] Take(int count, ref int nextKey)
    {
        var keys = Enumerable.Range(nextKey, count).ToArray();
        nextKey += count;
        return keys;
    }
}

/// <summary>A change of a list's order or length that does not depend on what its elements are.</summary>
public interface IListEdit
{
    IReadOnlyList<T> Apply<T>(IReadOnlyList<T> list);
}

/// <summary>Takes the element at an index out.</summary>
public sealed record RemoveAt(int Index) : IListEdit
{
    public IReadOnlyList<T> Apply<T>(IReadOnlyList<T> list) => [.. list.Take(Index), .. list.Skip(Index + 1)];
}

/// <summary>Puts the element at <paramref name="From"/> to <paramref name="To"/>.</summary>
public sealed record MoveTo(int From, int To) : IListEdit
{
    public IReadOnlyList<T> Apply<T>(IReadOnlyList<T> list)
    {
        var moved = list.ToList();
        moved.RemoveAt(From);
        moved.Insert(To, list[From]);
        return moved;
    }
}
