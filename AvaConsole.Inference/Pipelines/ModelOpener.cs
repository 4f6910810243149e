using AvaConsole.Core.Common;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Ensembles;
using AvaConsole.Inference.Pipelines.Results;

namespace AvaConsole.Inference.Pipelines;

/// <summary>Opens what a package holds: a model with its pipeline, an ensemble, or a model that is served by its tensors alone.</summary>
/// <param name="load">Loads a model's file.</param>
internal sealed class ModelOpener(Func<string, Result<OrtModel>> load, TensorModelOptions options, DecodeGate gate)
{
    /// <summary>Loads and tries; warming up is left to the caller.</summary>
    /// <returns>Errors <c>package.*</c>, <c>model.no_pipeline</c>.</returns>
    /// <exception cref="OperationCanceledException">It was still computing when its time was over.</exception>
    public Result<OpenedModel> Open(PackageContent content, CancellationToken ct)
    {
        if (content.Description.Ensemble is { } ensemble)
        {
            var loaded = new EnsembleLoader(ensemble, content.Root, content.CustomFolder, Load, gate).Load(ct);
            return loaded.IsSuccess ? new OpenedModel(loaded.Value.Model, loaded.Value) : loaded.Error;
        }

        var model = Load(content.ModelPath);
        if (!model.IsSuccess)
        {
            return model.Error;
        }

        Result<OpenedModel>? opened = null;
        try
        {
            opened = content.Description.Pipeline is null && !ModelPipeline.IsLikely(model.Value.Signature)
                ? OpenRaw(model.Value, content, ct)
                : OpenPipeline(model.Value, content, ct);
            return opened;
        }
        finally
        {
            if (opened is not { IsSuccess: true })
            {
                model.Value.Dispose();
            }
        }
    }

    private Result<TensorModel> Load(string path)
    {
        var loaded = load(path);
        return loaded.IsSuccess ? new TensorModel(loaded.Value, options) : loaded.Error;
    }

    private Result<OpenedModel> OpenPipeline(TensorModel model, PackageContent content, CancellationToken ct)
    {
        var pipeline = ModelPipeline.Create(model, content.Description, new ClassNames(content.Labels, content.ChineseLabels), content.Root, gate, ct);
        return pipeline.IsSuccess ? new OpenedModel(model, pipeline.Value) : pipeline.Error;
    }

    /// <summary>Whoever writes no description means the model's own tensors; whoever writes one without saying what it is for forgot to.</summary>
    private Result<OpenedModel> OpenRaw(TensorModel model, PackageContent content, CancellationToken ct)
    {
        if (content.HasDescription)
        {
            return new InvalidError(PackageContent.ModelFileName, "model.no_pipeline");
        }

        model.Probe([], ct);
        return new OpenedModel(model, null) { Plain = ModelPipeline.OfTensors(model, content.Root, gate) };
    }
}
