using System.Collections.Concurrent;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;
using AvaConsole.Inference.Trials;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference.Packages;

/// <summary>Shows what a <c>service.yaml</c> that is being written makes of a request, and what the model answers by it. Nothing is stored or served.</summary>
public sealed class ServiceYamlTrial(PackageCache packages, ModelTrial trial, OrtRuntime runtime, IOptions<InferenceOptions> options) : IDisposable
{
    private static readonly BatchSettings s_alone = new(1, TimeSpan.Zero, 1, TimeSpan.FromMinutes(1));
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, ModelSignature> _signatures = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly DecodeGate _gate = new();

    /// <param name="request">Null to be told only what is wrong with the text, for its package.</param>
    /// <returns>One for each model: of an ensemble one for each step. Errors <c>package.*</c>, and of the payload <c>picture.*</c>, <c>payload.*</c>, <c>request.*</c>.</returns>
    public async Task<Result<IReadOnlyList<StepPreview>>> PreviewAsync(ServiceDraft draft, InferenceRequest? request, CancellationToken ct)
    {
        var description = draft.Describe();
        if (!description.IsSuccess)
        {
            return description.Error;
        }

        var opened = await PackageRoot.OpenAsync(packages, draft.Package, ct).ConfigureAwait(false);
        if (!opened.IsSuccess)
        {
            return opened.Error;
        }

        using var root = opened.Value;
        if (description.Value.Ensemble is { } ensemble)
        {
            return await PreviewAsync(ensemble, draft.Package, root, request, ct).ConfigureAwait(false);
        }

        var signature = new ModelSignature(draft.Package.Inspection.Inputs.Select(PortInfo.ToPort).ToList(), draft.Package.Inspection.Outputs.Select(PortInfo.ToPort).ToList());
        var tensors = await CreateAsync(description.Value, signature, root.Root, request, ct).ConfigureAwait(false);
        return tensors.IsSuccess ? new[] { new StepPreview("", StepGap.None, tensors.Value) } : tensors.Error;
    }

    /// <summary>Loads the models beside whatever serves, on the CPU and one caller after the other, answers once and unloads them.</summary>
    /// <returns>Errors as a release's that is loaded, and as a request's.</returns>
    public async Task<Result<InferenceAnswer>> TryAsync(ServiceDraft draft, InferenceRequest request, CancellationToken ct)
    {
        var opened = await PackageRoot.OpenAsync(packages, draft.Package, ct).ConfigureAwait(false);
        if (!opened.IsSuccess)
        {
            return opened.Error;
        }

        using var root = opened.Value;
        var content = PackageContent.ReadWith(root.Folder, draft.ServiceYaml);
        if (!content.IsSuccess)
        {
            return content.Error;
        }

        var description = draft.Override(content.Value.Description);
        if (!description.IsSuccess)
        {
            return description.Error;
        }

        await _one.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await AskAsync(draft, root, content.Value with { Description = description.Value }, request, ct).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        _gate.Dispose();
    }

    private async Task<Result<InferenceAnswer>> AskAsync(ServiceDraft draft, PackageRoot root, PackageContent content, InferenceRequest request, CancellationToken ct)
    {
        IReadOnlyList<string> models = content.Description.Ensemble is { } ensemble
            ? [.. ensemble.Models.Values.Select(model => Path.Combine(root.Root, model.File)).Distinct()]
            : [content.ModelPath];
        if (await TryOutAsync(root, models, draft.Package.Sha256, ct).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.WarmUpSeconds));
        try
        {
            var loaded = await Task.Factory.StartNew(() => Open(draft, content, limit.Token), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            return loaded.IsSuccess ? await AskAsync(loaded.Value, draft.Api, request, limit.Token).ConfigureAwait(false) : loaded.Error;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new InvalidError(PackageContent.ModelFileName, "model.too_slow", options.Value.WarmUpSeconds);
        }
    }

    /// <summary>As a host does before it loads: regular files only, and in a child first.</summary>
    private async Task<Error?> TryOutAsync(PackageRoot root, IReadOnlyList<string> models, string sha256, CancellationToken ct) =>
        RegularFiles.Check(root.Folder) ?? await trial.TryAllAsync(root.Folder, models, sha256, ct).ConfigureAwait(false);

    private Result<LoadedModel> Open(ServiceDraft draft, PackageContent content, CancellationToken ct)
    {
        var settings = new TensorModelOptions { App = draft.App, Version = "", Settings = s_alone, Slots = new RunSlots(1) };
        var opened = new ModelOpener(path => runtime.Load(path, useCpu: true), settings, _gate).Open(content, ct);
        if (!opened.IsSuccess)
        {
            return opened.Error;
        }

        var spec = new ReleaseSpec(draft.App, "", draft.Package.Sha256, "", 0, new Dictionary<string, string>(), []);
        return new LoadedModel(spec, opened.Value, new MemoryStream());
    }

    private static async Task<Result<InferenceAnswer>> AskAsync(LoadedModel model, ApiSchema? api, InferenceRequest request, CancellationToken ct)
    {
        try
        {
            return await new ServedModel(model, Phases.Staging, new AppMetadataDocument(), api, null).InferAsync(request, ct).ConfigureAwait(false);
        }
        finally
        {
            await model.RetireAsync(s_patience).ConfigureAwait(false);
        }
    }

    private async Task<Result<IReadOnlyList<StepPreview>>> PreviewAsync(
        EnsembleDescription ensemble, ModelPackage package, PackageRoot root, InferenceRequest? request, CancellationToken ct)
    {
        var steps = new List<StepPreview>();
        foreach (var step in ensemble.Steps)
        {
            if (!ensemble.Models.TryGetValue(step.Model, out var model))
            {
                return new InvalidError(ServiceYaml.FileName, "package.ensemble_model_unknown", step.Model, string.Join(", ", ensemble.Models.Keys));
            }

            var preview = await PreviewAsync(step, model, package, root, request, ct).ConfigureAwait(false);
            if (!preview.IsSuccess)
            {
                return preview.Error;
            }

            steps.Add(preview.Value);
        }

        return steps;
    }

    private async Task<Result<StepPreview>> PreviewAsync(EnsembleStep step, EnsembleModel model, ModelPackage package, PackageRoot root, InferenceRequest? request, CancellationToken ct)
    {
        var name = step.Name ?? step.Model;
        if (step.Crop is not null)
        {
            return new StepPreview(name, StepGap.Crops, []);
        }

        var signature = await FindSignatureAsync(package.Sha256, root, model.File, ct).ConfigureAwait(false);
        if (!signature.IsSuccess)
        {
            return signature.Error;
        }

        var left = signature.Value.Inputs.Where(port => !step.Inputs.ContainsKey(port.Name)).ToList();
        if (left.TrueForAll(port => port.IsOptional))
        {
            return new StepPreview(name, StepGap.EarlierSteps, []);
        }

        var tensors = await CreateAsync(model.Description, signature.Value with { Inputs = left }, root.Root, request, ct).ConfigureAwait(false);
        return tensors.IsSuccess ? new StepPreview(name, StepGap.None, tensors.Value) : tensors.Error;
    }

    /// <summary>Only the model's file says what it takes; it is opened once for all that is typed.</summary>
    private async Task<Result<ModelSignature>> FindSignatureAsync(string sha256, PackageRoot root, string file, CancellationToken ct)
    {
        var (path, key) = (Path.Combine(root.Root, file), $"{sha256}/{file}");
        if (_signatures.TryGetValue(key, out var known))
        {
            return known;
        }

        if (!File.Exists(path))
        {
            return new InvalidError("", "package.ensemble_file_missing", file);
        }

        if (await TryOutAsync(root, [path], sha256, ct).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        var loaded = await Task.Run(() => runtime.Load(path, useCpu: true), ct).ConfigureAwait(false);
        if (!loaded.IsSuccess)
        {
            return loaded.Error;
        }

        using var model = loaded.Value;
        return _signatures[key] = model.Signature;
    }

    // Decoding a large picture takes tens of milliseconds: not on the page's thread.
    private static async Task<Result<IReadOnlyList<TensorPreview>>> CreateAsync(
        ServiceDescription description, ModelSignature signature, string folder, InferenceRequest? request, CancellationToken ct)
    {
        if (request is not null)
        {
            return await Task.Run(() => TensorPreview.Create(description, signature, folder, request), ct).ConfigureAwait(false);
        }

        return InputStages.Create(description, signature, folder).Error is { } error ? error : Array.Empty<TensorPreview>();
    }
}
