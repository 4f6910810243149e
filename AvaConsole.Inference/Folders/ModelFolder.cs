using System.Collections.Frozen;
using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Trials;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Folders;

/// <summary>
/// The models of a folder, served by the same engine as releases, without a store: each as it lies there, in production, open to everybody,
/// with its <c>service.yaml</c> where it has one.
/// A model that cannot be loaded is kept with its reason. Without a version the highest that serves is meant.
/// </summary>
public sealed class ModelFolder : IModelHost, IModelRepository, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly AppMetadataDocument s_open = new() { Public = true };

    private readonly string _path;
    private readonly FolderLoader _loader;

    /// <summary>Loading and unloading change the table one at a time; requests read it without waiting.</summary>
    private readonly SemaphoreSlim _changes = new(1, 1);
    private volatile Table _table = new([]);
    private volatile bool _isReady;
    private int _disposed;

    /// <param name="trial">Tries each model in a child process before it is loaded here; null where they are trusted.</param>
    public ModelFolder(
        ModelFolderOptions options,
        OrtRuntime runtime,
        InferenceMeters meters,
        IOptions<InferenceOptions> inference,
        ILogger<ModelFolder> logger,
        ModelTrial? trial = null)
    {
        // A child need not be in the same folder.
        _path = Path.GetFullPath(options.Path);
        _loader = new FolderLoader(options, runtime, meters, inference, logger, trial);
    }

    public bool IsReady => _isReady;

    public IReadOnlyList<ModelStatus> Statuses => _table.Statuses;

    public IModelLease? TryAcquire(string app, string phase) => phase == Phases.Production ? _table.ByName.GetValueOrDefault(app)?.TryLease() : null;

    public IModelLease? TryAcquireVersion(string app, string version) => _table.ByVersion.GetValueOrDefault((app, version))?.TryLease();

    public AppMetadataDocument? MetadataOf(string app) => _table.Slots.Any(slot => slot.Found.Name == app) ? s_open : null;

    /// <summary>Looks what lies in the folder and loads it: one after the other, because how each is run is decided by measuring it.</summary>
    public async Task LoadAllAsync(CancellationToken ct)
    {
        var found = FolderScan.Run(_path);
        await _changes.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            _table = new Table([.. found.Select(model => new Slot(model, ModelStates.Loading, null, null))]);
            foreach (var model in found)
            {
                _table = _table.With(await LoadAsync(model, ct).ConfigureAwait(false));
            }

            _isReady = true;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>What lies there now: new versions, changed files and what could not be loaded before. A model that serves goes on until its successor does.</summary>
    public async Task<Result> LoadAsync(string app, CancellationToken ct)
    {
        await _changes.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var found = FolderScan.Run(_path).Where(model => model.Name == app).ToList();
            if (found.Count == 0)
            {
                return new NotFoundError("serving.app_not_found", app.Length <= 64 ? app : app[..64] + "…");
            }

            var old = _table.Slots.Where(slot => slot.Found.Name == app).ToList();
            var loaded = new List<Slot>();
            foreach (var model in found)
            {
                loaded.Add(await LoadAsync(model, ct).ConfigureAwait(false));
            }

            var kept = loaded.ConvertAll(slot => slot.Failure is not null && old.Find(known => known.Found == slot.Found && known.Model is not null) is { } serving ? serving : slot);
            _table = new Table([.. _table.Slots.Except(old), .. kept]);
            await RetireAsync(old.Except(kept)).ConfigureAwait(false);
            return new Result(loaded.Find(slot => slot.Failure is not null)?.Failure);
        }
        finally
        {
            _changes.Release();
        }
    }

    public async Task<Result> UnloadAsync(string app, CancellationToken ct)
    {
        await _changes.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var old = _table.Slots.Where(slot => slot.Found.Name == app).ToList();
            if (old.Count == 0)
            {
                return new NotFoundError("serving.app_not_found", app.Length <= 64 ? app : app[..64] + "…");
            }

            _table = new Table([.. _table.Slots.Except(old), .. old.Select(slot => new Slot(slot.Found, ModelStates.Unloaded, null, new UnavailableError("serving.unloaded_by_hand")))]);
            await RetireAsync(old).ConfigureAwait(false);
            return Result.Success;
        }
        finally
        {
            _changes.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A container that knows it under several names disposes it under each.
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _changes.WaitAsync().ConfigureAwait(false);
        var old = _table.Slots;
        _table = new Table([]);
        await RetireAsync(old).ConfigureAwait(false);
        _changes.Dispose();
        _loader.Dispose();
    }

    private static Task RetireAsync(IEnumerable<Slot> slots) => Task.WhenAll(slots.Select(slot => slot.Model?.RetireAsync(s_patience) ?? Task.CompletedTask));

    private async Task<Slot> LoadAsync(FoundModel found, CancellationToken ct)
    {
        var model = await _loader.LoadAsync(found, ct).ConfigureAwait(false);
        return model.IsSuccess
            ? new Slot(found, ModelStates.Serving, model.Value, null)
            : new Slot(found, ModelStates.Failed, null, model.Error);
    }

    private sealed record Slot(FoundModel Found, string State, FolderModel? Model, Error? Failure);

    /// <summary>What is here at one moment; replaced, not changed.</summary>
    private sealed class Table
    {
        public Table(IEnumerable<Slot> slots)
        {
            Slots = [.. slots.OrderBy(slot => slot.Found.Name, StringComparer.Ordinal).ThenBy(slot => long.Parse(slot.Found.Version, CultureInfo.InvariantCulture))];
            var serving = Slots.Where(slot => slot.Model is not null).Select(slot => slot.Model!).ToList();
            ByVersion = serving.ToFrozenDictionary(model => (model.App, model.Version));
            ByName = serving.GroupBy(model => model.App).ToFrozenDictionary(versions => versions.Key, versions => versions.Last());
            Statuses = [.. Slots.Select(Status)];
        }

        public IReadOnlyList<Slot> Slots { get; }

        public FrozenDictionary<(string, string), FolderModel> ByVersion { get; }

        public FrozenDictionary<string, FolderModel> ByName { get; }

        public IReadOnlyList<ModelStatus> Statuses { get; }

        public Table With(Slot loaded) => new(Slots.Select(slot => slot.Found == loaded.Found ? loaded : slot));

        private static ModelStatus Status(Slot slot)
        {
            var (code, args) = slot.Failure is null ? ("", []) : ErrorCause.Texts(slot.Failure);
            return new ModelStatus(slot.Found.Name, slot.Found.Version, Phases.Production, slot.State, code, args, 0, default);
        }
    }
}
