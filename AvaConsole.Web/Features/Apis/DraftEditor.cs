using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Web.Features.Apis.Form;

namespace AvaConsole.Web.Features.Apis;

/// <summary>
/// The draft that one page edits. Every change, from whichever pane, goes through <see cref="Apply"/>: it replaces one immutable
/// <see cref="DraftState"/> by the next and records the step in the one history that undo and redo walk.
/// </summary>
public sealed class DraftEditor
{
    private readonly TimeProvider _clock;
    private int _nextKey;

    /// <param name="history">What was done before; null for nothing.</param>
    /// <param name="author">Who edits here.</param>
    public DraftEditor(ApiSchema schema, int revision, DraftHistory? history = null, string author = "", TimeProvider? clock = null)
    {
        State = DraftState.From(schema, ref _nextKey);
        History = Saved = history ?? DraftHistory.Start(schema);
        BaseRevision = revision;
        Author = author;
        _clock = clock ?? TimeProvider.System;
    }

    public DraftState State { get; private set; }

    public ApiSchema Schema => State.Schema;

    public DraftHistory History { get; private set; }

    public string Author { get; }

    /// <summary>Grows with every change; the page carries it, so that one can see when a key stroke has come back.</summary>
    public int Changes { get; private set; }

    /// <summary>The saved revision that the edits build on.</summary>
    public int BaseRevision { get; private set; }

    /// <summary>The history as it is stored under <see cref="BaseRevision"/>.</summary>
    public DraftHistory Saved { get; private set; }

    /// <summary>Something that was done here is not stored.</summary>
    public bool IsDirty => History.Position != Saved.Position || !ReferenceEquals(History.Steps, Saved.Steps);

    /// <summary>After each edit and each replacement of the whole draft.</summary>
    public event Action? Changed;

    /// <param name="key">
    /// Names the field that is typed in, for example <c>Parameters[2].Maximum</c>: edits with the same key that follow each other quickly are
    /// one step. Null for an edit that stands alone.
    /// </param>
    public void Apply(EditLabel label, Func<DraftState, DraftState> edit, string? key = null)
    {
        var next = edit(State);
        if (next == State)
        {
            return;
        }

        History = History.Record(next.Schema, label, Author, _clock.GetUtcNow(), key ?? "");
        State = next;
        Announce();
    }

    /// <summary>Changes the schema without adding, moving or removing top-level rows; those take <see cref="Apply"/> or <see cref="Replace"/>.</summary>
    public void Edit(EditLabel label, Func<ApiSchema, ApiSchema> edit, string? key = null) =>
        Apply(label, state => state with { Schema = edit(state.Schema) }, key);

    /// <summary>Replaces the schema as a whole: code, an import, a fix, pasted rows. Rows that are still there keep their place on the page.</summary>
    public void Replace(EditLabel label, ApiSchema schema, string? key = null) =>
        Apply(label, state => state.Adopt(SchemaSharing.Reuse(state.Schema, schema), ref _nextKey), key);

    public void Undo() => MoveTo(History.Position - 1);

    public void Redo() => MoveTo(History.Position + 1);

    /// <summary>Undoes or redoes until the step with this number is the last one done.</summary>
    public void MoveTo(int position)
    {
        var history = History.MoveTo(position);
        if (!ReferenceEquals(history, History))
        {
            History = history;
            Adopt(DraftText.Read(history.Text));
        }
    }

    /// <summary>
    /// Joins what somebody else saved with what was done here since the last save, which becomes one step upon theirs. Where both changed the
    /// same thing, that step has the value from here and another one after it puts theirs in its place until somebody chooses.
    /// </summary>
    /// <returns>With the values from here.</returns>
    public MergedDraft Merge(OpenDraft theirs)
    {
        var common = DraftText.Read(Saved.Text);
        var merged = DraftMerge.ThreeWay(common, Schema, theirs.Api.Draft);
        var mine = IsDirty && History.CanUndo ? History[History.Position] : null;
        var label = mine is null || History.Position - Saved.Position > 1 ? new EditLabel("Merged", theirs.Api.UpdatedBy) : mine.Label;
        (BaseRevision, Saved) = (theirs.Api.DraftRevision, theirs.History);
        var asked = merged.Conflicts.Count > 0;
        // The value from here stays a step of its own, to which one can go back.
        History = Saved.Record(merged.Schema, label, Author, _clock.GetUtcNow(), asked ? "" : mine?.Key ?? "");
        var kept = asked ? DraftMerge.ThreeWay(common, Schema, theirs.Api.Draft, merged.Paths).Schema : merged.Schema;
        if (asked)
        {
            History = History.Record(kept, EditLabel.Kept(theirs.Api.UpdatedBy, merged.Paths), Author, _clock.GetUtcNow());
        }

        Adopt(kept);
        return merged;
    }

    /// <summary>The history up to here was stored.</summary>
    public void Keep(DraftHistory saved, int revision) => (Saved, BaseRevision) = (saved, revision);

    public void SetParameter(int index, ApiParameter parameter, EditLabel label, string? key = null) =>
        Edit(label, schema => schema with { Parameters = Replace(schema.Parameters, index, parameter) }, key);

    public void SetEntry(DraftList list, int index, PayloadEntry entry, EditLabel label, string? key = null) => Edit(
        label,
        schema => list == DraftList.Payload
            ? schema with { Payload = Replace(schema.Payload, index, entry) }
            : schema with { Response = Replace(schema.Response, index, entry) },
        key);

    /// <summary>Adds an empty row at the end and returns its index.</summary>
    public int Add(DraftList list)
    {
        Insert(EditLabel.Added("@List_" + list), list, State.Count(list), new ApiParameter(), list == DraftList.Payload ? new PayloadEntry { Required = true } : new PayloadEntry { Type = PayloadTypes.Json });
        return State.Count(list) - 1;
    }

    /// <summary>Puts a copy with a free name below the row and returns its index. Nested members are copied too.</summary>
    public int Duplicate(DraftList list, int index)
    {
        var names = Names(list);
        var name = FreeName.Find(names[index], names);
        if (list == DraftList.Parameters)
        {
            Insert(EditLabel.Duplicated(names[index]), list, index + 1, Schema.Parameters[index] with { Name = name }, new PayloadEntry());
        }
        else
        {
            Insert(EditLabel.Duplicated(names[index]), list, index + 1, new ApiParameter(), State.Entries(list)[index] with { Name = name });
        }

        return index + 1;
    }

    public void Remove(DraftList list, int index) => Apply(EditLabel.Removed(Names(list)[index]), state => state.Rearrange(list, new RemoveAt(index)));

    /// <summary>Moves a row up (-1) or down (1) and returns where it is then; the ends stay where they are.</summary>
    public int Move(DraftList list, int index, int delta)
    {
        var target = Math.Clamp(index + delta, 0, State.Count(list) - 1);
        if (target != index)
        {
            Apply(EditLabel.Moved(Names(list)[index]), state => state.Rearrange(list, new MoveTo(index, target)));
        }

        return target;
    }

    private void Adopt(ApiSchema schema)
    {
        State = State.Adopt(SchemaSharing.Reuse(State.Schema, schema), ref _nextKey);
        Announce();
    }

    private void Announce()
    {
        Changes++;
        Changed?.Invoke();
    }

    private void Insert(EditLabel label, DraftList list, int index, ApiParameter parameter, PayloadEntry entry)
    {
        var key = _nextKey++;
        Apply(label, state => list switch
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

    private static IReadOnlyList<T> Replace<T>(IReadOnlyList<T> list, int index, T element) =>
        Equals(list[index], element) ? list : [.. list.Take(index), element, .. list.Skip(index + 1)];

    private static IReadOnlyList<T> With<T>(IReadOnlyList<T> list, int index, T element) => [.. list.Take(index), element, .. list.Skip(index)];
}
