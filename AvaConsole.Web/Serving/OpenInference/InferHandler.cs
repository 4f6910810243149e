using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Tensors;
using Microsoft.Extensions.Options;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>One inference request from its headers to its answer.</summary>
internal sealed class InferHandler(
    ServingGate gate,
    BodyBudget budget,
    OpenInferenceAnswers answers,
    ServingMetrics metrics,
    IOptions<ServingOptions> options,
    TimeProvider clock,
    ILogger<InferHandler> logger,
    RequestSampler? sampler = null)
{
    private const string Route = "oip";
    private const int ClientClosedRequest = 499;

    /// <summary>A smaller answer is not counted against what all bodies may hold.</summary>
    private const int SmallAnswer = 1 << 20;

    private readonly long _maxBytes = options.Value.MaxTensorMegabytes * 1024L * 1024;
    private readonly long _maxAnswer = options.Value.MaxAnswerMegabytes * 1024L * 1024;

    public async Task HandleAsync(HttpContext context, ServingTarget target)
    {
        var call = new InferCall(context, clock.GetTimestamp()) { Sampled = sampler?.Draw(target.App) };
        try
        {
            // Refused before a byte of the body is read.
            using var lease = gate.EnterToCall(target, ServingHandler.CallerOf(context.Request), out var refused);
            call.App = lease is not null || refused is ForbiddenError or BusyError ? target.App : "";
            await (lease is null ? RefuseAsync(call, refused!) : AnswerAsync(call, lease.Model));
            Sample(call);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Record(call, ClientClosedRequest);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            logger.LogError(exception, "Inference {RequestId} failed", call.Id);
            await RefuseAsync(call, new InternalError());
            Sample(call);
        }
    }

    private async Task AnswerAsync(InferCall call, IServedModel model)
    {
        var ct = call.Context.RequestAborted;
        var signature = PublishedSignature.Of(model.Signature);
        call.Version = model.Version;
        using var share = budget.Open();
        var read = await InferBody.ReadAsync(call.Context.Request, share, _maxBytes, ct);
        if (!read.IsSuccess)
        {
            await RefuseAsync(call, read.Error);
            return;
        }

        using var body = read.Value;
        var parsed = body.JsonLength == 0 && !body.Bytes.IsEmpty
            ? RawInput.Read(body.Bytes, signature)
            : InferRequestReader.Read(body.Bytes, body.JsonLength, signature);
        if (!parsed.IsSuccess)
        {
            await RefuseAsync(call, parsed.Error);
            return;
        }

        using var request = parsed.Value;
        var run = await RunAsync(model, signature, request, body, ct);
        using var answer = run.Value;
        await AnswerAsync(call, model, signature, request, run, share);

        // While the tensors are there, and after the answer: nobody waits for their digests.
        call.Describe(request.Inputs);
    }

    private async Task AnswerAsync(InferCall call, IServedModel model, PublishedSignature signature, InferRequest request, Result<TensorAnswer> run, BodyBudget.Share share)
    {
        if (!run.IsSuccess)
        {
            await RefuseAsync(call, run.Error);
            return;
        }

        var outputs = InferResponse.Arrange(request, run.Value, model);
        var error = outputs.Error ?? Weigh(outputs.Value!, share) ?? await SendAsync(call, model, signature, request.Id, outputs.Value!);
        if (error is not null)
        {
            await RefuseAsync(call, error);
            return;
        }

        call.Describe(outputs.Value!, run.Value.Timing.BatchSize);
    }

    /// <summary>What a model gives is as large as its request makes it: an answer must not take what everybody else needs.</summary>
    private Error? Weigh(IReadOnlyList<AnsweredOutput> outputs, BodyBudget.Share share)
    {
        var size = 0L;
        for (var index = 0; index < outputs.Count; index++)
        {
            size += outputs[index].MostBytes;
        }

        return size > _maxAnswer ? new InvalidError("outputs", "oip.answer_too_large", _maxAnswer >> 20)
            : size <= SmallAnswer || share.TryTake((int)size) ? null
            : new BusyError("serving.busy", 1);
    }

    private async Task<Error?> SendAsync(InferCall call, IServedModel model, PublishedSignature signature, string? id, IReadOnlyList<AnsweredOutput> outputs)
    {
        using var json = new PooledBytes(1024);
        var written = InferResponseWriter.Write(json, signature, model.App, model.Version, id, outputs);
        if (!written.IsSuccess)
        {
            return written.Error;
        }

        // Counted before the caller can know: whoever got an answer finds it in the figures.
        Record(call, StatusCodes.Status200OK);
        await OpenInferenceAnswers.SendInferenceAsync(call.Context, json, outputs);
        return null;
    }

    private Task RefuseAsync(InferCall call, Error error)
    {
        call.Error = error.Code;
        Record(call, OpenInferenceAnswers.StatusOf(error));
        return answers.WriteErrorAsync(call.Context, error);
    }

    private void Record(InferCall call, int status)
    {
        (call.Status, call.Took) = (status, clock.GetElapsedTime(call.Started));
        metrics.Record(Route, call.App, status, call.Took);
    }

    private void Sample(InferCall call)
    {
        if (call is { Sampled: { } app, App.Length: > 0 })
        {
            sampler!.Keep(app, call.Context.Request, new SampledCall(Route, call.Id, call.Status, call.Took)
            {
                Version = call.Version,
                BatchSize = call.BatchSize,
                Error = call.Error,
                Request = call.Request,
                Answer = call.Answer,
            });
        }
    }

    private static async Task<Result<TensorAnswer>> RunAsync(
        IServedModel model, PublishedSignature signature, InferRequest request, InferBody body, CancellationToken ct)
    {
        var isDone = false;
        try
        {
            var asked = new TensorRequest(request.Inputs, signature.SourcesOf(request.Outputs)) { Timeout = request.Timeout };
            var answer = await model.InferAsync(asked, ct);
            isDone = answer.Error is null or InvalidError or BusyError;
            return answer;
        }
        finally
        {
            if (!isDone)
            {
                // A run that nobody waits for any more may still read the tensors.
                request.Abandon();
                body.Abandon();
            }
        }
    }
}
