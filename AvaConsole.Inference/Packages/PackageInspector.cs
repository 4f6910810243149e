using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Inference.Pipelines.Results;
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

        var models = PackageContent.FindModels(folder);
        return models.IsSuccess ? await trial.TryAllAsync(folder, models.Value, null, ct).ConfigureAwait(false) : models.Error;
    }

    private Result<PackageInspection> Describe(string folder, IReadOnlyList<PackageFile> files, CancellationToken ct)
    {
        var content = PackageContent.Read(folder);
        if (!content.IsSuccess)
        {
            return content.Error;
        }

        using var gate = new DecodeGate();
        var options = new TensorModelOptions { App = "", Version = "", Settings = s_alone, Slots = new RunSlots(1) };
        var opened = new ModelOpener(path => runtime.Load(path, useCpu: true), options, gate).Open(content.Value, ct);
        if (!opened.IsSuccess)
        {
            return opened.Error;
        }

        using var model = opened.Value;
        var inspection = new PackageInspection
        {
            Files = files,
            Inputs = model.Model.Signature.Inputs.Select(port => port.ToInfo()).ToList(),
            Outputs = model.Model.Signature.Outputs.Select(port => port.ToInfo()).ToList(),
            Labels = content.Value.Labels,
        };

        // Without a pipeline it is a tensor model: correct, but nothing answers pictures with it.
        return model.Pipeline is null
            ? inspection with { Notes = [new PackageNote("package.note_no_pipeline", [])] }
            : inspection with
            {
                Pipeline = model.Pipeline.Kind.ToString().ToLowerInvariant(),
                Batchable = model.Batchable,
                Notes = Notes(content.Value, model),
            };
    }

    private static List<PackageNote> Notes(PackageContent content, OpenedModel opened)
    {
        var notes = new List<PackageNote>();
        if (opened.Pipeline is ModelPipeline { Result: ClassificationStage { Options: var options } })
        {
            if (!content.HasDescription)
            {
                notes.Add(new PackageNote("package.note_no_service_yaml", [options.Activation == Activation.Softmax ? "softmax" : "none"]));
            }

            if (content.Labels.Count == 0)
            {
                notes.Add(new PackageNote("package.note_no_labels", [$"{options.Classes}"]));
            }
        }

        if (!opened.Batchable)
        {
            notes.Add(new PackageNote(opened.Model.HasDynamicBatch ? "package.note_rows_mix" : "package.note_fixed_batch", []));
        }

        if (opened.Model.Signature.Inputs.Any(input => input.Type == TensorType.Fp16))
        {
            notes.Add(new PackageNote("package.note_half_precision", []));
        }

        return notes;
    }
}
