using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Inference.Tensors;
using AvaConsole.Inference.Trials;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Packages;

/// <summary>Opens a package once, on the CPU, beside whatever serves, and says what it is or what is wrong with it.</summary>
public sealed class PackageInspector(
    DataDirectory data, PackageUnpacker unpacker, ModelTrial trial, OrtRuntime runtime, IOptions<InferenceOptions> options, ILogger<PackageInspector> logger) : IPackageInspector
{
    private static readonly BatchSettings s_alone = new(1, TimeSpan.Zero, 1, TimeSpan.Zero);

    public async Task<Result<PackageInspection>> InspectAsync(string archivePath, CancellationToken ct)
    {
        Directory.CreateDirectory(data.Staging);
        var folder = Path.Combine(data.Staging, $"inspect-{Guid.NewGuid():n}");
        try
        {
            var files = await unpacker.UnpackAsync(archivePath, folder, ct).ConfigureAwait(false);
            if (!files.IsSuccess)
            {
                logger.LogInformation("The package {Archive} is refused: {Error}", Path.GetFileName(archivePath), files.Error);
                return files.Error;
            }

            if (await TryOutAsync(folder, ct).ConfigureAwait(false) is { } refused)
            {
                return refused;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(options.Value.WarmUpSeconds));

            // Loading and the first runs of a large model take seconds: not on the caller's thread.
            return await Task.Factory.StartNew(
                () => Describe(folder, files.Value, limit.Token), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new InvalidError(PackageContent.ModelFileName, "model.too_slow", options.Value.WarmUpSeconds);
        }
        finally
        {
            PackageUnpacker.Remove(folder);
        }
    }

    /// <summary>In a child first. Not remembered: nothing says yet that the package will be kept.</summary>
    private async Task<Error?> TryOutAsync(string folder, CancellationToken ct)
    {
        if (RegularFiles.Check(folder) is { } irregular)
        {
            return irregular;
        }

        var model = PackageContent.FindModel(folder);
        return model.IsSuccess ? await trial.TryAsync(folder, model.Value, null, ct).ConfigureAwait(false) : model.Error;
    }

    private Result<PackageInspection> Describe(string folder, IReadOnlyList<PackageFile> files, CancellationToken ct)
    {
        var content = PackageContent.Read(folder);
        if (!content.IsSuccess)
        {
            return content.Error;
        }

        var loaded = runtime.Load(content.Value.ModelPath, useCpu: true);
        if (!loaded.IsSuccess)
        {
            return loaded.Error;
        }

        using var model = new TensorModel(loaded.Value, new TensorModelOptions { App = "", Version = "", Settings = s_alone, Slots = new RunSlots(1) });
        var inspection = new PackageInspection
        {
            Files = files,
            Inputs = model.Signature.Inputs.Select(port => port.ToInfo()).ToList(),
            Outputs = model.Signature.Outputs.Select(port => port.ToInfo()).ToList(),
            Labels = content.Value.Labels,
        };
        if (content.Value.Description.Pipeline is null && !ClassificationResolver.IsLikely(model.Signature))
        {
            // A tensor model: correct, but no pipeline answers pictures with it.
            return inspection with { Notes = [new PackageNote("package.note_no_pipeline", [])] };
        }

        var classification = ClassificationModel.Create(model, content.Value.Description, content.Value.Labels, ct);
        return classification.IsSuccess
            ? inspection with
            {
                Pipeline = ClassificationModel.PipelineName,
                Batchable = model.Batchable,
                Notes = Notes(content.Value, model, classification.Value),
            }
            : classification.Error;
    }

    private static List<PackageNote> Notes(PackageContent content, TensorModel model, ClassificationModel classification)
    {
        var notes = new List<PackageNote>();
        if (!content.HasDescription)
        {
            notes.Add(new PackageNote("package.note_no_service_yaml", [classification.Settings.Softmax ? "softmax" : "none"]));
        }

        if (content.Labels.Count == 0)
        {
            notes.Add(new PackageNote("package.note_no_labels", [$"{classification.Probe.Classes}"]));
        }

        if (!model.Batchable)
        {
            notes.Add(new PackageNote(model.HasDynamicBatch ? "package.note_rows_mix" : "package.note_fixed_batch", []));
        }

        if (classification.Settings.InputType == TensorType.Fp16)
        {
            notes.Add(new PackageNote("package.note_half_precision", []));
        }

        return notes;
    }
}
