using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;

namespace AvaConsole.Web.Features.Apis;

// The namespace of the HTTP endpoints has the same name and is nearer.
using Api = AvaConsole.Core.Schemas.Api;

/// <summary>A member that two people changed differently. Their value is saved; mine is a step of the history, and can be chosen.</summary>
/// <param name="Theirs">The draft with their value.</param>
/// <param name="Mine">The same with mine, and nothing else of mine that conflicts.</param>
public sealed record DraftConflict(MergeConflict Values, ApiSchema Theirs, ApiSchema Mine, string By)
{
    /// <summary>The draft with one of the values in the member's place.</summary>
    public ApiSchema Choose(bool theirs, ApiSchema draft) => theirs
        ? DraftMerge.ThreeWay(Mine, draft, Theirs, theirsAt: new HashSet<string> { Values.Path }).Schema
        // What was typed there since is mine too.
        : DraftMerge.ThreeWay(Theirs, draft, Mine).Schema;

    /// <summary>With what was typed there since as mine.</summary>
    public DraftConflict At(ApiSchema draft)
    {
        var typed = DraftMerge.ThreeWay(Theirs, draft, Mine).Conflicts.FirstOrDefault(open => open.Path == Values.Path);
        var mine = typed is null ? DraftMerge.Changes(Theirs, Mine).FirstOrDefault(change => change.Path == Values.Path)?.After : typed.Mine;
        return this with { Values = Values with { Mine = mine } };
    }

    /// <summary>With what the other one, or somebody else, made of their value since.</summary>
    public DraftConflict Upon(ApiSchema stored, string by, IEnumerable<MergeChange> changes) =>
        changes.FirstOrDefault(change => change.Path == Values.Path) is { } change
            ? new DraftConflict(Values with { Theirs = change.After }, stored, DraftMerge.ThreeWay(Theirs, Mine, stored).Schema, by)
            : this;
}

/// <summary>What somebody else changed while the page was open.</summary>
public sealed record DraftNews(string By, IReadOnlyList<MergeChange> Changes);

/// <summary>One page's work on a draft: edits it, saves it, and joins it with what other people save.</summary>
public sealed class DraftSession : IAsyncDisposable
{
    private readonly DraftStore _store;
    private List<DraftConflict> _conflicts = [];

    /// <param name="page">Whose saves these are.</param>
    /// <param name="dispatch">Runs on the page's own thread: state is touched there only.</param>
    public DraftSession(OpenDraft open, Actor actor, Guid page, DraftStore store, Func<Func<Task>, Task> dispatch, TimeProvider clock, ILoggerFactory loggers)
    {
        (_store, Api) = (store, open.Api);
        Editor = new DraftEditor(open.Api.Draft, open.Api.DraftRevision, open.History, actor.Name, clock);
        // Off the page's thread: whoever types must not wait for a large draft to be written.
        Saver = new DraftSaver(Editor, (save, ct) => Task.Run(() => store.SaveAsync(Id, save with { Page = page }, actor, ct), ct), JoinAsync, dispatch, clock, loggers.CreateLogger<DraftSaver>());
        Saver.Start();
    }

    public Guid Id => Api.Id;

    /// <summary>As it is stored, with its versions.</summary>
    public Api Api { get; private set; }

    public DraftEditor Editor { get; }

    public DraftSaver Saver { get; }

    /// <summary>To be decided by the reader, who may leave them as they are: everything is saved.</summary>
    public IReadOnlyList<DraftConflict> Conflicts => _conflicts;

    /// <summary>The newest of other people's changes that was not put away.</summary>
    public DraftNews? News { get; private set; }

    /// <summary>An input method is composing: nothing may be changed under it.</summary>
    public bool IsComposing { get; set; }

    /// <summary>What somebody else saved was taken up.</summary>
    public event Action? Joined;

    /// <summary>Takes up what is stored, where that is newer than what the page knows.</summary>
    public async Task CatchUpAsync(DraftPulse pulse, CancellationToken ct)
    {
        if (IsComposing || (pulse.Revision <= Editor.BaseRevision && pulse.Versions == Api.Versions.Count))
        {
            return;
        }

        await Saver.ExclusiveAsync(() => MergeAsync(ct), ct);
        await Saver.ResumeAsync(ct);
    }

    /// <summary>Decides a conflict, which is an edit like any other.</summary>
    public void Decide(DraftConflict conflict, bool theirs)
    {
        if (_conflicts.RemoveAll(known => known.Values.Path == conflict.Values.Path) > 0)
        {
            Editor.Replace(EditLabel.Chosen(theirs, conflict.By, conflict.Values.Path), conflict.Choose(theirs, Editor.Schema));
        }
    }

    /// <summary>Looks at what was typed where a conflict is open.</summary>
    public void Review() => _conflicts = [.. _conflicts.Select(conflict => conflict.At(Editor.Schema))];

    public void PutNewsAway() => News = null;

    public ValueTask DisposeAsync()
    {
        // Nobody is there to compose any more, and what was typed has to be saved.
        IsComposing = false;
        return Saver.DisposeAsync();
    }

    private async Task<bool> JoinAsync(CancellationToken ct)
    {
        if (IsComposing)
        {
            return false;
        }

        await MergeAsync(ct);
        return true;
    }

    private async Task MergeAsync(CancellationToken ct)
    {
        var open = await _store.OpenAsync(Id, ct);
        if (!open.IsSuccess)
        {
            return;
        }

        Api = open.Value.Api;
        if (Api.DraftRevision > Editor.BaseRevision)
        {
            var mine = Editor.Schema;
            var merged = Editor.Merge(open.Value);
            News = merged.Theirs.Count > 0 ? new DraftNews(Api.UpdatedBy, merged.Theirs) : News;
            _conflicts =
            [
                .. _conflicts.Where(known => !merged.Paths.Contains(known.Values.Path)).Select(known => known.Upon(Api.Draft, Api.UpdatedBy, merged.Theirs)),
                .. merged.Conflicts.DistinctBy(values => values.Path).Select(values => Ask(values, merged, mine)),
            ];
        }

        Joined?.Invoke();
    }

    private DraftConflict Ask(MergeConflict values, MergedDraft merged, ApiSchema mine)
    {
        var others = merged.Paths.Where(path => path != values.Path).ToHashSet();
        return new DraftConflict(values, Editor.Schema, DraftMerge.ThreeWay(merged.Common, mine, Api.Draft, others).Schema, Api.UpdatedBy);
    }
}
