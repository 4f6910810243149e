using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using AvaConsole.Core.Common;

namespace AvaConsole.Web.Serving;

/// <summary>One HTTP call from its headers to its answer.</summary>
internal sealed class ServingHandler(
    ServingService service, BodyBudget budget, ServingTexts texts, ServingMetrics metrics, TimeProvider clock, ILogger<ServingHandler> logger, RequestSampler? sampler = null)
{
    private const int ClientClosedRequest = 499;
    private const string Json = "application/json";
    private const string OctetStream = "application/octet-stream";

    public async Task HandleAsync(HttpContext context, string route, ServingForm form, ServingTarget target)
    {
        var started = clock.GetTimestamp();
        var requestId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        CultureInfo.CurrentUICulture = ServingTexts.CultureOf(context.Request);
        var outcome = await TryAnswerAsync(context, form, target, requestId);

        // Counted before the caller can know: whoever got an answer finds it in the figures.
        var status = outcome is null ? ClientClosedRequest : outcome.IsSuccess ? StatusCodes.Status200OK : form.StatusOf(outcome.Error);
        var took = clock.GetElapsedTime(started);
        metrics.Record(route, outcome?.App ?? "", status, took);
        if (outcome is not null)
        {
            await form.WriteAsync(context, outcome, requestId, texts);
            // A sample is serialised: nobody waits for that.
            sampler?.Offer(route, context.Request, requestId, outcome, status, took);
        }
    }

    /// <summary>Null where the caller left.</summary>
    private async Task<ServingOutcome?> TryAnswerAsync(HttpContext context, ServingForm form, ServingTarget target, string requestId)
    {
        try
        {
            return await AnswerAsync(context, form, target);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Call {RequestId} failed", requestId);
            return ServingOutcome.Failed(new InternalError(), target.App);
        }
    }

    private async Task<ServingOutcome> AnswerAsync(HttpContext context, ServingForm form, ServingTarget target)
    {
        var (request, ct) = (context.Request, context.RequestAborted);
        var caller = CallerOf(request);
        if (service.Refuse(target, caller) is { } refused)
        {
            // Refused before a byte of the body is read.
            return ServingOutcome.Failed(refused, refused is NotFoundError or UnavailableError ? "" : target.App);
        }

        var type = MediaType(request);
        if (type != Json && !(form is EvalForm && type == OctetStream))
        {
            return ServingOutcome.Failed(new ContentTypeError(Json), target.App);
        }

        using var share = budget.Open();
        var body = await ServingBody.ReadAsync(request, share, ct);
        return body.IsSuccess
            ? await CallAsync(form, type, target, body.Value.GetBuffer().AsMemory(0, (int)body.Value.Length), caller, ct)
            : ServingOutcome.Failed(body.Error, target.App);
    }

    private Task<ServingOutcome> CallAsync(
        ServingForm form, string type, ServingTarget target, ReadOnlyMemory<byte> body, ServingCaller caller, CancellationToken ct) => (form, type) switch
        {
            (EvalForm, OctetStream) => service.EvalRawAsync(target, body, caller, ct),
            (EvalForm, _) => service.EvalAsync(target, body, caller, ct),
            _ => service.CallAsync(target, body, caller, ct),
        };

    // A compressed body could unfold to more than the limit; nobody needs it for pictures.
    private static string? MediaType(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0 && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? type.MediaType?.ToLowerInvariant()
            : null;

    /// <summary>The owner's key pair as HTTP Basic credentials, <c>ak:sk</c>.</summary>
    internal static ServingCaller CallerOf(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null)
        {
            return ServingCaller.Anonymous;
        }

        var bytes = new byte[header.Parameter.Length];
        var parts = Convert.TryFromBase64String(header.Parameter, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)
            : [];
        return parts is [var accessKey, var secretKey] ? new ServingCaller.KeyHolder(accessKey, secretKey) : ServingCaller.Anonymous;
    }
}
