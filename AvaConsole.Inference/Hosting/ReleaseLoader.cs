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

        var model = PackageContent.FindModel(folder);
        return model.IsSuccess ? await trial.TryAsync(folder, model.Value, spec.PackageSha256, ct).ConfigureAwait(false) : model.Error;
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
        var model = PackageContent.FindModel(files.Package.Folder);
        if (!model.IsSuccess)
        {
            return model.Error;
        }

        var beside = Path.GetDirectoryName(model.Value)!;
        var renew = purpose == LoadPurpose.Verification;
        var custom = await customFiles.GetFolderAsync(spec.App, spec.Version, spec.CustomFiles, beside, renew, ct).ConfigureAwait(false);
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

        var (model, pipeline) = opened.Value;
        var isWarm = false;
        try
        {
            progress(ModelStates.Warming);
            var warm = model.WarmUp(ct);
            isWarm = warm.IsSuccess;
            return isWarm ? new LoadedModel(spec, model, pipeline, gate, files) : warm.Error!;
        }
        finally
        {
            if (!isWarm)
            {
                model.Dispose();
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

        var loaded = runtime.Load(content.Value.ModelPath);
        if (!loaded.IsSuccess)
        {
            return loaded.Error;
        }

        if (description.Value.Pipeline is null && !ClassificationResolver.IsLikely(loaded.Value.Signature))
        {
            return OpenRaw(loaded.Value, content.Value, settings, ct);
        }

        var classification = ClassificationModel.Create(new TensorModel(loaded.Value, settings), description.Value, content.Value.Labels, ct);
        return classification.IsSuccess ? new OpenedModel(classification.Value.Model, classification.Value) : classification.Error;
    }

    /// <summary>Whoever writes no description means the model's own tensors; whoever writes one without saying what it is for forgot to.</summary>
    private static Result<OpenedModel> OpenRaw(OrtModel loaded, PackageContent content, TensorModelOptions settings, CancellationToken ct)
    {
        var model = new TensorModel(loaded, settings);
        var isProbed = false;
        try
        {
            if (content.HasDescription)
            {
                return new InvalidError(PackageContent.ModelFileName, "model.no_pipeline");
            }

            model.Probe([], ct);
            isProbed = true;
            return new OpenedModel(model, null);
        }
        finally
        {
            if (!isProbed)
            {
                model.Dispose();
            }
        }
    }

    /// <param name="Pipeline">Null for a model that is served by its tensors alone.</param>
    private sealed record OpenedModel(TensorModel Model, ClassificationModel? Pipeline);
}
