using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Inference.Trials;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Hosting;

/// <summary>Brings a release from its package to a warm model: fetch, check, unpack, fetch its custom files, load, try, warm up.</summary>
internal sealed class ReleaseLoader(
    PackageCache packages, CustomFileCache customFiles, ModelTrial trial, OrtRuntime runtime, RunSlots slots, DecodeGate gate, InferenceMeters meters, IOptions<InferenceOptions> options, ILogger<ReleaseLoader> logger)
{
    /// <param name="progress">Is told each state of <see cref="ModelStates"/> that begins.</param>
    /// <returns>The model with one reference, the caller's; errors <c>package.*</c>, <c>model.*</c> or <c>egress.*</c>.</returns>
    public async Task<Result<LoadedModel>> LoadAsync(
        ReleaseSpec spec, WorkerDocument worker, int batchSize, LoadPurpose purpose, Action<string> progress, CancellationToken ct)
    {
        progress(ModelStates.Loading);
        var found = await FindFilesAsync(spec, purpose, ct).ConfigureAwait(false);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        Result<LoadedModel>? result = null;
        try
        {
            if (await TryOutAsync(spec, found.Value, ct).ConfigureAwait(false) is { } refused)
            {
                return refused;
            }

            return result = await LoadAsync(spec, found.Value, worker, batchSize, purpose, progress, ct).ConfigureAwait(false);
        }
        finally
        {
            if (result is not { IsSuccess: true })
            {
                found.Value.Dispose();
            }
        }
    }

    /// <summary>In a child first: what a model does there, it does not do here.</summary>
    private async Task<Error?> TryOutAsync(ReleaseSpec spec, ReleaseFiles files, CancellationToken ct)
    {
        var folder = files.Package.Folder;
        if (RegularFiles.Check(folder) is { } irregular)
        {
            return irregular;
        }

        var models = PackageContent.FindModels(folder);
        return models.IsSuccess ? await trial.TryAllAsync(folder, models.Value, spec.PackageSha256, ct).ConfigureAwait(false) : models.Error;
    }

    private async Task<Result<ReleaseFiles>> FindFilesAsync(ReleaseSpec spec, LoadPurpose purpose, CancellationToken ct)
    {
        var package = await packages.GetFolderAsync(spec.PackageSha256, spec.TarFile, ct).ConfigureAwait(false);
        if (!package.IsSuccess)
        {
            return package.Error;
        }

        var files = new ReleaseFiles(package.Value);
        var complete = false;
        try
        {
            var error = spec.CustomFiles.Count == 0 ? null : await AddCustomFilesAsync(files, spec, purpose, ct).ConfigureAwait(false);
            complete = error is null;
            return error is null ? files : error;
        }
        finally
        {
            if (!complete)
            {
                files.Dispose();
            }
        }
    }

    private async Task<Error?> AddCustomFilesAsync(ReleaseFiles files, ReleaseSpec spec, LoadPurpose purpose, CancellationToken ct)
    {
        var beside = PackageContent.FindRoot(files.Package.Folder);
        if (!beside.IsSuccess)
        {
            return beside.Error;
        }

        var renew = purpose == LoadPurpose.Verification;
        var custom = await customFiles.GetFolderAsync(spec.App, spec.Version, spec.CustomFiles, beside.Value, renew, ct).ConfigureAwait(false);
        files.Custom = custom.Value;
        return custom.Error;
    }

    private async Task<Result<LoadedModel>> LoadAsync(
        ReleaseSpec spec, ReleaseFiles files, WorkerDocument worker, int batchSize, LoadPurpose purpose, Action<string> progress, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.WarmUpSeconds));
        try
        {
            // Loading and warming compute for seconds.
            return await Task.Factory.StartNew(
                () => Load(spec, files, worker, batchSize, purpose, progress, limit.Token), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new InvalidError(PackageContent.ModelFileName, "model.too_slow", options.Value.WarmUpSeconds);
        }
    }

    private Result<LoadedModel> Load(
        ReleaseSpec spec, ReleaseFiles files, WorkerDocument worker, int batchSize, LoadPurpose purpose, Action<string> progress, CancellationToken ct)
    {
        var opened = Open(spec, files, Options(spec, worker, batchSize, purpose), ct);
        if (!opened.IsSuccess)
        {
            return opened.Error;
        }

        var isWarm = false;
        try
        {
            progress(ModelStates.Warming);
            var warm = opened.Value.WarmUp(ct);
            var loaded = new LoadedModel(spec, opened.Value, files);
            var error = warm.Error ?? CaseWarmUp.RunAsync(loaded, spec.WarmUp, logger, ct).GetAwaiter().GetResult();
            isWarm = error is null;
            return error is null ? loaded : error;
        }
        finally
        {
            if (!isWarm)
            {
                opened.Value.Dispose();
            }
        }
    }

    private TensorModelOptions Options(ReleaseSpec spec, WorkerDocument worker, int batchSize, LoadPurpose purpose) => new()
    {
        App = spec.App,
        Version = spec.Version,
        Settings = BatchSettings.From(worker, batchSize, batchable: true),
        Slots = slots,
        Meters = purpose == LoadPurpose.Serving ? meters : null,
        Logger = logger,
    };

    private Result<OpenedModel> Open(ReleaseSpec spec, ReleaseFiles files, TensorModelOptions settings, CancellationToken ct)
    {
        var content = PackageContent.Read(files.Package.Folder, files.FindCustom(LabelFile.Names));
        if (!content.IsSuccess)
        {
            return content.Error;
        }

        var description = ReleaseOverrides.Apply(content.Value.Description, spec.ImageWidth, spec.CustomValues);
        if (!description.IsSuccess)
        {
            return description.Error;
        }

        var opener = new ModelOpener(path => runtime.Load(path), settings, gate);
        var opened = opener.Open(content.Value with { Description = description.Value, CustomFolder = files.Custom?.Folder }, ct);
        if (opened.IsSuccess)
        {
            opened.Value.Labels = content.Value.Labels;
            opened.Value.Path = description.Value.Ensemble is null ? content.Value.ModelPath : null;
        }

        return opened;
    }
}
