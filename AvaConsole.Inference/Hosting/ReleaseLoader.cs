using System.Diagnostics;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Hosting;

/// <summary>Brings a release from its package to a warm model: fetch, check, unpack, fetch its custom files, load, try, warm up.</summary>
internal sealed class ReleaseLoader(
    PackageCache packages, CustomFileCache customFiles, OrtRuntime runtime, RunSlots slots, DecodeGate gate, InferenceMeters meters, IOptions<InferenceOptions> options, ILogger<ReleaseLoader> logger)
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
        var model = LoadModel(spec, files, ct);
        if (!model.IsSuccess)
        {
            return model.Error;
        }

        var batchable = model.Value.Probe.Batchable;
        var settings = BatchSettings.From(worker, batchSize, batchable);
        var runner = new ModelRunner(model.Value.Model, [model.Value.Settings.OutputName]);

        // Rows that cannot share a run may at least run side by side.
        var workers = batchable ? 1 : options.Value.ConcurrentRuns;
        var batcher = new Batcher(runner, slots, settings, workers, purpose == LoadPurpose.Serving ? meters : null, spec.App, spec.Version, logger);
        try
        {
            progress(ModelStates.Warming);
            WarmUp(model.Value, batcher, runner, ct);
            return new LoadedModel(spec, model.Value, batcher, gate, files);
        }
        catch (Exception exception)
        {
            batcher.Dispose();
            model.Value.Dispose();
            if (exception is not (OnnxRuntimeException or RowsMixedException))
            {
                throw;
            }

            logger.LogWarning(exception, "{App} {Version} does not run with batches of {BatchSize}", spec.App, spec.Version, settings.BatchSize);
            return new InvalidError("batch_size", "model.warm_up_failed", settings.BatchSize);
        }
    }

    private Result<ClassificationModel> LoadModel(ReleaseSpec spec, ReleaseFiles files, CancellationToken ct)
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

        if (description.Value.Pipeline is null && !ClassificationResolver.IsLikely(loaded.Value))
        {
            loaded.Value.Dispose();
            return new InvalidError(PackageContent.ModelFileName, "model.no_pipeline");
        }

        return ClassificationModel.Create(loaded.Value, description.Value, content.Value.Labels, ct);
    }

    /// <summary>
    /// The first run of each size allocates, and on a GPU compiles. The second shows what the size costs, from which the batcher knows
    /// whether waiting for a full batch pays.
    /// </summary>
    private void WarmUp(ClassificationModel model, Batcher batcher, ModelRunner runner, CancellationToken ct)
    {
        var row = ModelProbe.MakeRow(model.Settings, 0);
        foreach (var rows in new[] { 1, batcher.Settings.BatchSize }.Distinct())
        {
            for (var run = 0; run < 2; run++)
            {
                slots.Take();
                try
                {
                    var started = Stopwatch.GetTimestamp();
                    using var stop = new RunStop(ct);
                    stop.Guard(() => runner.Run(Enumerable.Repeat(row, rows).ToList(), stop));
                    if (run > 0)
                    {
                        batcher.Learn(rows, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                    }
                }
                finally
                {
                    slots.Give();
                }
            }
        }
    }
}
