using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;

namespace AvaConsole.Web.Features.Apis;

// The namespace of the HTTP endpoints has the same name and is nearer.
using Api = AvaConsole.Core.Schemas.Api;

/// <summary>A member that two people changed differently. Nothing more is saved until one of the values is chosen.</summary>
/// <param name="Common">The draft that both began with.</param>
/// <param name="Theirs">The draft that the other one saved.</param>
public sealed record DraftConflict(MergeConflict Values, ApiSchema Common, ApiSchema Theirs, string By);

/// <summary>What somebody else changed while the page was open.</summary>
public sealed record DraftNews(string By, IReadOnlyList<MergeChange> Changes);

/// <summary>One page's work on a draft: edits it, saves it, and joins it with what other people save.</summary>
public sealed class DraftSession : IAsyncDisposable
{
    private readonly DraftStore _store;
    private readonly List<DraftConflict> _conflicts = [];

    /// <param name="dispatch">Runs on the page's own thread: state is touched there only.</param>
    public DraftSession(OpenDraft open, Actor actor, DraftStore store, Func<Func<Task>, Task> dispatch, TimeProvider clock, ILoggerFactory loggers)
    {
        (_store, Api) = (store, open.Api);
        Editor = new DraftEditor(open.Api.Draft, open.Api.DraftRevision, open.History, actor.Name, clock);
        // Off the page's thread: whoever types must not wait for a large draft to be written.
        Saver = new DraftSaver(Editor, (save, ct) => Task.Run(() => store.SaveAsync(Id, save, actor, ct), ct), dispatch, clock, loggers.CreateLogger<DraftSaver>());
        Saver.Start();
    }

    public Guid Id => Api.Id;

    /// <summary>As it is stored, with its versions.</summary>
    public Api Api { get; private set; }

    public DraftEditor Editor { get; }

    public DraftSaver Saver { get; }

    /// <summary>To be decided by the reader.</summary>
    public IReadOnlyList<DraftConflict> Conflicts => _conflicts;

    /// <summary>The newest of other people's changes that was not put away.</summary>
    public DraftNews? News { get; private set; }

    /// <summary>An input method is composing: nothing may be changed under it.</summary>
    public bool IsComposing { get; set; }

    /// <summary>Takes up what is stored, where that is newer than what the page knows.</summary>
    public async Task CatchUpAsync(DraftPulse pulse, CancellationToken ct)
    {
        if (IsComposing || (pulse.Revision <= Editor.BaseRevision && pulse.Versions == Api.Versions.Count))
        {
            return;
        }

        await Saver.ExclusiveAsync(() => MergeAsync(ct), ct);
        if (_conflicts.Count > 0)
        {
            Saver.Pause();
        }
        else
        {
            await Saver.ResumeAsync(ct);
        }
    }

    /// <summary>Decides a conflict. With the last one, saving goes on.</summary>
    public async Task DecideAsync(DraftConflict conflict, bool theirs, CancellationToken ct)
    {
        if (!_conflicts.Remove(conflict))
        {
            return;
        }

        if (theirs)
        {
            var taken = DraftMerge.ThreeWay(conflict.Common, Editor.Schema, conflict.Theirs, theirsAt: new HashSet<string> { conflict.Values.Path });
            Editor.Replace(new EditLabel("Took", conflict.By), taken.Schema);
        }

        if (_conflicts.Count == 0)
        {
            await Saver.ResumeAsync(ct);
        }
    }

    public void PutNewsAway() => News = null;

    public ValueTask DisposeAsync() => Saver.DisposeAsync();

    private async Task MergeAsync(CancellationToken ct)
    {
        var open = await _store.OpenAsync(Id, ct);
        if (!open.IsSuccess)
        {
            return;
        }

        Api = open.Value.Api;
        if (Api.DraftRevision <= Editor.BaseRevision)
        {
            return;
        }

        var common = DraftText.Read(Editor.Saved.Text);
        var merged = Editor.Merge(open.Value);
        News = merged.Theirs.Count > 0 ? new DraftNews(Api.UpdatedBy, merged.Theirs) : News;
        foreach (var values in merged.Conflicts)
        {
            _conflicts.RemoveAll(known => known.Values.Path == values.Path);
            _conflicts.Add(new DraftConflict(values, common, Api.Draft, Api.UpdatedBy));
        }
    }
}
