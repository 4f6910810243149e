using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis;

/// <summary>
/// The draft that one page edits. Every change goes through <see cref="Apply"/>, which replaces one immutable
/// <see cref="DraftState"/> by the next: what is added later (a history, another view of the same draft) hooks in there.
/// </summary>
public sealed class DraftEditor
{
    private int _nextKey;

    public DraftEditor(ApiSchema schema, int revision)
    {
        State = DraftState.From(schema, ref _nextKey);
        BaseRevision = revision;
    }

    public DraftState State { get; private set; }

    public ApiSchema Schema => State.Schema;

    /// <summary>The saved revision that the edits build on.</summary>
    public int BaseRevision { get; private set; }

    /// <summary>Grows with every edit; a saver compares it to learn whether something was typed while it saved.</summary>
    public int Edits { get; private set; }

    /// <summary>After each edit and each replacement of the whole draft.</summary>
    public event Action? Changed;

    public void Apply(Func<DraftState, DraftState> edit)
    {
        var next = edit(State);
        if (next == State)
        {
            return;
        }

        State = next;
        Edits++;
        Changed?.Invoke();
    }

    /// <summary>Changes what is not a row: names, version, description.</summary>
    public void Edit(Func<ApiSchema, ApiSchema> edit) => Apply(state => state with { Schema = edit(state.Schema) });

    /// <summary>Replaces everything by what somebody else saved. Counts as no edit: there is nothing to save.</summary>
    public void Load(ApiSchema schema, int revision)
    {
        State = DraftState.From(schema, ref _nextKey);
        BaseRevision = revision;
        Changed?.Invoke();
    }

    /// <summary>The edits were saved, or are to be saved over a newer revision.</summary>
    public void Rebase(int revision) => BaseRevision = revision;

    public void SetParameter(int index, ApiParameter parameter) =>
        Edit(schema => schema with { Parameters = Replace(schema.Parameters, index, parameter) });

    public void SetEntry(DraftList list, int index, PayloadEntry entry) => Edit(schema => list == DraftList.Payload
        ? schema with { Payload = Replace(schema.Payload, index, entry) }
        : schema with { Response = Replace(schema.Response, index, entry) });

    /// <summary>Adds an empty row at the end and returns its index.</summary>
    public int Add(DraftList list)
    {
        Insert(list, State.Count(list), new ApiParameter(), list == DraftList.Payload ? new PayloadEntry { Required = true } : new PayloadEntry { Type = PayloadTypes.Json });
        return State.Count(list) - 1;
    }

    /// <summary>Puts a copy with a free name below the row and returns its index. Nested members are copied too.</summary>
    public int Duplicate(DraftList list, int index)
    {
        var names = Names(list);
        var name = FreeName(names[index], names);
        if (list == DraftList.Parameters)
        {
            Insert(list, index + 1, Schema.Parameters[index] with { Name = name }, new PayloadEntry());
        }
        else
        {
            Insert(list, index + 1, new ApiParameter(), State.Entries(list)[index] with { Name = name });
        }

        return index + 1;
    }

    public void Remove(DraftList list, int index) => Apply(state => state.Rearrange(list, new RemoveAt(index)));

    /// <summary>Moves a row up (-1) or down (1) and returns where it is then; the ends stay where they are.</summary>
    public int Move(DraftList list, int index, int delta)
    {
        var target = Math.Clamp(index + delta, 0, State.Count(list) - 1);
        if (target != index)
        {
            Apply(state => state.Rearrange(list, new MoveTo(index, target)));
        }

        return target;
    }

    private void Insert(DraftList list, int index, ApiParameter parameter, PayloadEntry entry)
    {
        var key = _nextKey++;
        Apply(state => list switch
        {
            DraftList.Parameters => state with
            {
                Schema = state.Schema with { Parameters = With(state.Schema.Parameters, index, parameter) },
                ParameterKeys = With(state.ParameterKeys, index, key),
            },
            DraftList.Payload => state with
            {
                Schema = state.Schema with { Payload = With(state.Schema.Payload, index, entry) },
                PayloadKeys = With(state.PayloadKeys, index, key),
            },
            _ => state with
            {
                Schema = state.Schema with { Response = With(state.Schema.Response, index, entry) },
                ResponseKeys = With(state.ResponseKeys, index, key),
            },
        });
    }

    private List<string> Names(DraftList list) => list == DraftList.Parameters
        ? Schema.Parameters.Select(parameter => parameter.Name).ToList()
        : State.Entries(list).Select(entry => entry.Name).ToList();

    /// <summary><c>speed</c> → <c>speed_2</c>, <c>speed_2</c> → <c>speed_3</c>; an empty name stays empty.</summary>
    private static string FreeName(string name, List<string> taken)
    {
        if (name.Length == 0)
        {
            return name;
        }

        var split = name.LastIndexOf('_');
        var stem = split > 0 && int.TryParse(name.AsSpan(split + 1), out _) ? name[..split] : name;
        return Enumerable.Range(2, taken.Count + 1).Select(number => $"{stem}_{number}").First(candidate => !taken.Contains(candidate));
    }

    private static IReadOnlyList<T> Replace<T>(IReadOnlyList<T> list, int index, T element) =>
        Equals(list[index], element) ? list : [.. list.Take(index), element, .. list.Skip(index + 1)];

    private static IReadOnlyList<T> With<T>(IReadOnlyList<T> list, int index, T element) => [.. list.Take(index), element, .. list.Skip(index)];
}
