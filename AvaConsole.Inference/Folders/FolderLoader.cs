using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Inference.Trials;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Folders;

/// <summary>Makes a served model of what was found, in a child first: a model that ends the child is refused with a reason.</summary>
internal sealed class FolderLoader(
    ModelFolderOptions options, OrtRuntime runtime, InferenceMeters meters, IOptions<InferenceOptions> inference, ILogger logger, ModelTrial? trial) : IDisposable
{
    private readonly RunSlots _slots = new(inference.Value.Runs);
    private readonly DecodeGate _gate = new();
    private readonly int _warmUpSeconds = inference.Value.WarmUpSeconds;

    /// <returns>Errors <c>package.*</c>, <c>model.*</c>.</returns>
    public async Task<Result<FolderModel>> LoadAsync(FoundModel found, CancellationToken ct)
    {
        if (!Directory.Exists(found.Folder))
        {
            return new InvalidError("", "package.no_model", PackageContent.ModelFileName);
        }

        if (trial is not null && await TryOutAsync(trial, found, ct).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        return await Task.Factory.StartNew(() => Load(found, ct), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Files of a folder change under their names: nothing is remembered of them.</summary>
    private static async Task<Error?> TryOutAsync(ModelTrial trial, FoundModel found, CancellationToken ct)
    {
        var models = PackageContent.FindModels(found.Folder);
        return models.IsSuccess ? await trial.TryAllAsync(found.Folder, models.Value, null, ct).ConfigureAwait(false) : models.Error;
    }

    private Result<FolderModel> Load(FoundModel found, CancellationToken ct)
    {
        var content = FolderContent.Read(found);
        if (!content.IsSuccess)
        {
            return content.Error;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(_warmUpSeconds));
        try
        {
            var opened = Open(found, content.Value, limit.Token);
            return opened.IsSuccess ? new FolderModel(found, opened.Value) : opened.Error;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new InvalidError(PackageContent.ModelFileName, "model.too_slow", _warmUpSeconds);
        }
    }

    private Result<OpenedModel> Open(FoundModel found, PackageContent content, CancellationToken ct)
    {
        if (!content.HasDescription)
        {
            // Without one it is its tensors, whatever its labels or shapes make one think of.
            var model = TensorModel.Open(runtime, content.ModelPath, OptionsOf(found), ct);
            return model.IsSuccess ? new OpenedModel(model.Value, null) { Labels = content.Labels } : model.Error;
        }

        var opened = new ModelOpener(path => runtime.Load(path), OptionsOf(found), _gate).Open(content, ct);
        return opened.IsSuccess ? WarmUp(opened.Value, content.Labels, ct) : opened;
    }

    private static Result<OpenedModel> WarmUp(OpenedModel opened, IReadOnlyList<string> labels, CancellationToken ct)
    {
        var isWarm = false;
        try
        {
            var warm = opened.WarmUp(ct);
            opened.Labels = labels;
            isWarm = warm.IsSuccess;
            return isWarm ? opened : warm.Error!;
        }
        finally
        {
            if (!isWarm)
            {
                opened.Dispose();
            }
        }
    }

    private TensorModelOptions OptionsOf(FoundModel found) => new()
    {
        App = found.Name,
        Version = found.Version,
        Settings = new BatchSettings(options.BatchSize, options.Delay, options.MaxConcurrent, options.Timeout),
        Slots = _slots,
        Meters = meters,
        Logger = logger,
    };
}
