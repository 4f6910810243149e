using AvaConsole.Core.Common;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Pipelines.Results.Segmenting;
using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Pipelines;

/// <summary>One model: payload to tensors, a run that others may share, outputs to an answer.</summary>
internal sealed class ModelPipeline(PipelineKind kind, TensorModel model, IInputStage input, IResultStage result, DecodeGate gate) : Pipeline
{
    public override PipelineKind Kind => kind;

    public override TensorModel Model => model;

    public IResultStage Result => result;

    /// <summary>True where the model takes one picture and gives numbers, so that classification can be tried without being asked for.</summary>
    public static bool IsLikely(ModelSignature signature) =>
        signature.Inputs is [var input] && PictureInputResolver.IsLikely(input) && signature.Outputs.Any(OutputFinder.IsScores);

    /// <summary>
    /// Settles and tries a loaded model. Two made-up inputs run alone and together: that shows whether rows may share runs, and what the description leaves open
    /// about the result.
    /// </summary>
    /// <param name="model">Stays the caller's.</param>
    /// <param name="folder">Where files that the description names lie.</param>
    /// <returns>Errors <c>package.*</c>.</returns>
    /// <exception cref="OperationCanceledException">It was still computing when its time was over.</exception>
    public static Result<ModelPipeline> Create(
        TensorModel model, ServiceDescription description, ClassNames names, string folder, DecodeGate gate, CancellationToken ct)
    {
        var input = InputStages.Create(description, model.Signature, folder);
        if (!input.IsSuccess)
        {
            return input.Error;
        }

        TensorRequest[] samples = [new(input.Value.MakeSample(0), []), new(input.Value.MakeSample(1), [])];
        var result = Settle(model, samples, description, names, ct);
        return result.IsSuccess
            ? new ModelPipeline(description.Pipeline ?? PipelineKind.Classification, model, input.Value, result.Value, gate)
            : result.Error;
    }

    /// <summary>Every input and output as JSON, of a model that is tried already. Null where an input has no such form.</summary>
    public static ModelPipeline? OfTensors(TensorModel model, string folder, DecodeGate gate)
    {
        var input = InputStages.Create(new ServiceDescription { Pipeline = PipelineKind.Raw }, model.Signature, folder);
        return input.IsSuccess ? new ModelPipeline(PipelineKind.Raw, model, input.Value, new RawStage([]), gate) : null;
    }

    private static Result<IResultStage> Settle(
        TensorModel model, TensorRequest[] samples, ServiceDescription description, ClassNames names, CancellationToken ct)
    {
        try
        {
            model.Probe(samples, ct);
            using var first = model.RunOnce(samples[0], ct);
            using var second = model.RunOnce(samples[1], ct);
            return new ResultStages(description, names, model.Signature, [first.Outputs, second.Outputs]).Create();
        }
        catch (OnnxRuntimeException)
        {
            return new InvalidError(PackageContent.ModelFileName, "package.does_not_run");
        }
    }

    public override async Task<Result<InferenceAnswer>> AnswerAsync(Admission admission, InferenceRequest request, CancellationToken ct)
    {
        var prepared = await GateAsync(isHeavy: true, admission, () => input.Prepare(request), ct).ConfigureAwait(false);
        if (!prepared.IsSuccess)
        {
            return prepared.Error;
        }

        var decoded = admission.Elapsed;
        var run = await model.RunAsync(admission, new TensorRequest(prepared.Value.Tensors, result.Outputs), ct).ConfigureAwait(false);
        if (!run.IsSuccess)
        {
            // A run that was given up may still read the tensors: they are left to the garbage collector.
            return run.Error;
        }

        using var lent = prepared.Value;
        using var outputs = run.Value;
        if (outputs.Outputs.Count < result.Outputs.Count)
        {
            return new UnavailableError("serving.model_failed");
        }

        var answer = await GateAsync(
            result is SegmentationStage, admission, () => result.Interpret(outputs.Outputs, prepared.Value, request.Parameters), ct).ConfigureAwait(false);
        return answer.IsSuccess
            ? new InferenceAnswer(answer.Value.Json, outputs.Timing with { Decode = Milliseconds(decoded), Total = Milliseconds(admission.Elapsed) }) { Octets = answer.Value.Octets }
            : answer.Error;
    }

    /// <param name="isHeavy">Decodes a picture, or makes a mask of its size: as many at a time as there are cores.</param>
    private async Task<Result<T>> GateAsync<T>(bool isHeavy, Admission admission, Func<Result<T>> work, CancellationToken ct)
    {
        if (!isHeavy)
        {
            return work();
        }

        if (!await gate.EnterAsync(admission.Left, ct).ConfigureAwait(false))
        {
            return Batcher.TimedOut();
        }

        try
        {
            return work();
        }
        finally
        {
            gate.Leave();
        }
    }
}
