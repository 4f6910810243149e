using System.Diagnostics;
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
    ILogger<InferHandler> logger)
{
    private const string Route = "oip";
    private const int ClientClosedRequest = 499;

    private readonly long _maxBytes = options.Value.MaxTensorMegabytes * 1024L * 1024;

    public async Task HandleAsync(HttpContext context, ServingTarget target)
    {
        var started = clock.GetTimestamp();
        var app = "";
        try
        {
            // Refused before a byte of the body is read.
            using var lease = gate.Enter(target, ServingHandler.CallerOf(context.Request), out var refused);
            app = lease is not null || refused is ForbiddenError ? target.App : "";
            var error = lease is null ? refused : await AnswerAsync(context, lease.Model, started);
            if (error is not null)
            {
                metrics.Record(Route, app, OpenInferenceAnswers.StatusOf(error), clock.GetElapsedTime(started));
                await answers.WriteErrorAsync(context, error);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            metrics.Record(Route, app, ClientClosedRequest, clock.GetElapsedTime(started));
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            logger.LogError(exception, "Inference {RequestId} failed", Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
            metrics.Record(Route, app, StatusCodes.Status500InternalServerError, clock.GetElapsedTime(started));
            await answers.WriteErrorAsync(context, new InternalError());
        }
    }

    /// <summary>Null once the answer is sent.</summary>
    private async Task<Error?> AnswerAsync(HttpContext context, IServedModel model, long started)
    {
        var ct = context.RequestAborted;
        var signature = PublishedSignature.Of(model.Signature);
        using var share = budget.Open();
        var read = await InferBody.ReadAsync(context.Request, share, _maxBytes, ct);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        using var body = read.Value;
        var parsed = body.JsonLength == 0 && !body.Bytes.IsEmpty
            ? RawInput.Read(body.Bytes, signature)
            : InferRequestReader.Read(body.Bytes, body.JsonLength, signature);
        if (!parsed.IsSuccess)
        {
            return parsed.Error;
        }

        using var request = parsed.Value;
        var run = await RunAsync(model, signature, request, body, ct);
        if (!run.IsSuccess)
        {
            return run.Error;
        }

        using var answer = run.Value;
        var outputs = InferResponse.Arrange(request, answer, model);
        return outputs.IsSuccess ? await SendAsync(context, model, signature, request.Id, outputs.Value, started) : outputs.Error;
    }

    private async Task<Error?> SendAsync(
        HttpContext context, IServedModel model, PublishedSignature signature, string? id, IReadOnlyList<AnsweredOutput> outputs, long started)
    {
        using var json = new PooledBytes(1024);
        var written = InferResponseWriter.Write(json, signature, model.App, model.Version, id, outputs);
        if (!written.IsSuccess)
        {
            return written.Error;
        }

        // Counted before the caller can know: whoever got an answer finds it in the figures.
        metrics.Record(Route, model.App, StatusCodes.Status200OK, clock.GetElapsedTime(started));
        await OpenInferenceAnswers.SendInferenceAsync(context, json, outputs);
        return null;
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
