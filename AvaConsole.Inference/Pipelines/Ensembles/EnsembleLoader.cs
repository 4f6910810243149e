using AvaConsole.Core.Common;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>
/// Opens the models of an ensemble, checks its steps, and runs the graph twice on made-up inputs: each step is settled by what the steps before
/// it really give.
/// </summary>
/// <param name="folder">Where <c>service.yaml</c> and the models lie.</param>
/// <param name="customFolder">Holds labels that go before the package's own of the same name; null for none.</param>
/// <param name="open">Loads a model's file; what it gives is taken over.</param>
internal sealed class EnsembleLoader(
    EnsembleDescription description, string folder, string? customFolder, Func<string, Result<TensorModel>> open, DecodeGate gate)
{
    private const int Samples = 2;

    private readonly Dictionary<string, TensorModel> _models = new(StringComparer.Ordinal);
    private readonly HashSet<string> _probed = new(StringComparer.Ordinal);

    /// <returns>The pipeline; its models are the caller's to dispose. Errors <c>package.*</c> whose fields name the model or the step.</returns>
    /// <exception cref="OperationCanceledException">It was still computing when its time was over.</exception>
    public Result<EnsemblePipeline> Load(CancellationToken ct)
    {
        Result<EnsemblePipeline>? loaded = null;
        try
        {
            loaded = OpenModels() is { } error ? error : Build(ct);
            return loaded;
        }
        finally
        {
            if (loaded is not { IsSuccess: true })
            {
                foreach (var model in _models.Values)
                {
                    model.Dispose();
                }
            }
        }
    }

    private InvalidError? OpenModels()
    {
        foreach (var (name, model) in description.Models)
        {
            var path = Path.Combine(folder, model.File);
            var opened = File.Exists(path) ? open(path) : new InvalidError("", "package.ensemble_file_missing", model.File);
            if (!opened.IsSuccess)
            {
                return In($"models.{name}", opened.Error);
            }

            _models[name] = opened.Value;
        }

        return null;
    }

    private Result<EnsemblePipeline> Build(CancellationToken ct)
    {
        var infos = description.Models.ToDictionary(
            pair => pair.Key, pair => new EnsembleModelInfo(_models[pair.Key].Signature, pair.Value.Description.Pipeline), StringComparer.Ordinal);
        var graph = new GraphBuilder(description, infos).Build();
        if (!graph.IsSuccess)
        {
            return graph.Error;
        }

        var nodes = new EnsembleNode[graph.Value.Steps.Count];
        var samples = new IReadOnlyList<ModelValue>[nodes.Length][];
        foreach (var index in graph.Value.Order)
        {
            var node = Settle(graph.Value, graph.Value.Steps[index], samples, ct);
            if (!node.IsSuccess)
            {
                return In($"steps.{graph.Value.Steps[index].Name}", node.Error);
            }

            nodes[index] = node.Value;
        }

        return new EnsemblePipeline(graph.Value, nodes, _models, gate);
    }

    /// <param name="samples">What the steps before it gave, by step and run; this step's are added.</param>
    private Result<EnsembleNode> Settle(EnsembleGraph graph, GraphStep step, IReadOnlyList<ModelValue>[][] samples, CancellationToken ct)
    {
        var model = _models[step.Model];
        var own = description.Models[step.Model].Description;
        var input = CreateInput(step, model, own);
        if (!input.IsSuccess)
        {
            return input.Error;
        }

        try
        {
            var requests = Enumerable.Range(0, Samples).Select(run => Sample(step, input.Value.Stage, samples, run)).ToList();
            if (_probed.Add(step.Model))
            {
                model.Probe(requests, ct);
            }

            samples[step.Index] = [.. requests.Select(request => Copy(model.RunOnce(request, ct)))];
        }
        catch (OnnxRuntimeException)
        {
            return new InvalidError("", "package.does_not_run");
        }

        var result = CreateResult(own, model, samples[step.Index]);
        return result.IsSuccess
            ? new EnsembleNode(step, model, input.Value.Stage, result.Value.Stage, OutputsOf(graph, step, result.Value.Stage))
            : result.Error;
    }

    /// <summary>For the inputs that no other step gives.</summary>
    private Result<Prepared> CreateInput(GraphStep step, TensorModel model, ServiceDescription own)
    {
        var left = model.Signature.Inputs.Where(port => step.Links.All(link => link.Input != port.Name)).ToList();
        if (left.TrueForAll(port => port.IsOptional))
        {
            return new Prepared(null);
        }

        var stage = InputStages.Create(own, new ModelSignature(left, model.Signature.Outputs), folder);
        if (!stage.IsSuccess)
        {
            return stage.Error;
        }

        return step.CropOf is null || stage.Value is IRegionInput { TakesRegions: true }
            ? new Prepared(stage.Value)
            : new InvalidError("", "package.ensemble_crop_no_picture", step.Name);
    }

    private Result<Interpreted> CreateResult(ServiceDescription own, TensorModel model, IReadOnlyList<ModelValue>[] samples)
    {
        if (own.Pipeline is null)
        {
            return new Interpreted(null);
        }

        var names = own.Labels is null ? Array.Empty<string>() : ReadLabels(own.Labels);
        if (!names.IsSuccess)
        {
            return names.Error;
        }

        var stage = new ResultStages(own, new ClassNames(names.Value, []), model.Signature, samples).Create();
        return stage.IsSuccess ? new Interpreted(stage.Value) : stage.Error;
    }

    private Result<IReadOnlyList<string>> ReadLabels(string file)
    {
        string?[] folders = [customFolder, folder];
        var found = folders.OfType<string>().Select(one => Path.Combine(one, file)).FirstOrDefault(File.Exists);
        return found is null ? new InvalidError("", "package.labels_missing", file) : LabelFile.Read(found);
    }

    private static TensorRequest Sample(GraphStep step, IInputStage? input, IReadOnlyList<ModelValue>[][] samples, int run)
    {
        var linked = step.Links.Select(link => samples[link.Step][run].OfType<Tensor>().First(tensor => tensor.Name == link.Output) with { Name = link.Input });
        return new TensorRequest([.. linked, .. input?.MakeSample(run) ?? []], []);
    }

    // The next model keeps its sample to be warmed up with, when this memory is long given back.
    private static IReadOnlyList<ModelValue> Copy(TensorAnswer answer)
    {
        using (answer)
        {
            return [.. answer.Outputs.Select(value => value is Tensor tensor ? tensor with { Data = tensor.Data.ToArray() } : value)];
        }
    }

    private static IReadOnlyList<string> OutputsOf(EnsembleGraph graph, GraphStep step, IResultStage? result)
    {
        var linked = graph.Steps.SelectMany(other => other.Links).Where(link => link.Step == step.Index).Select(link => link.Output);
        return result is { Outputs.Count: 0 } ? [] : [.. linked.Concat(result?.Outputs ?? []).Distinct()];
    }

    // Steps and models are what the package's author knows; "model.onnx" would be none of them.
    private static InvalidError In(string member, Error error) => new(error is InvalidError invalid
        ? [.. invalid.Problems.Select(problem => problem with { Field = $"{ServiceYaml.FileName}:{member}" })]
        : [new Problem($"{ServiceYaml.FileName}:{member}", error.Code, error.Args)]);

    private sealed record Prepared(IInputStage? Stage);

    private sealed record Interpreted(IResultStage? Stage);
}
