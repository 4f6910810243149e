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
