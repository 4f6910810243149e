using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Web.Serving;

/// <summary>
/// AVA's batch: a list of calls, each with its <c>op</c>, <c>/v1/eval/{cmd}[/{version}]</c>, that are answered together in their order. One
/// that fails fails the batch, and ends those that have not been answered.
/// </summary>
internal sealed partial class EvalBatch(
    ServingService service, BodyBudget budget, ServingTexts texts, ServingMetrics metrics, TimeProvider clock, ILogger<EvalBatch> logger, RequestSampler? sampler = null)
{
    public const int MaxItems = 100;

    private const string Route = "batch";
    private const int ClientClosedRequest = 499;
    private const string Json = "application/json";

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task HandleAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        var requestId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        CultureInfo.CurrentUICulture = ServingTexts.CultureOf(context.Request);
        try
        {
            await AnswerAsync(context, requestId, started);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            metrics.Record(Route, "", ClientClosedRequest, clock.GetElapsedTime(started));
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            logger.LogError(exception, "Batch {RequestId} failed", requestId);
            await RefuseAsync(context, new InternalError(), requestId, started);
        }
    }

    private async Task AnswerAsync(HttpContext context, string requestId, long started)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || type.MediaType?.ToLowerInvariant() != Json || context.Request.Headers.ContentEncoding.Count > 0)
        {
            await RefuseAsync(context, new ContentTypeError(Json), requestId, started);
            return;
        }

        using var share = budget.Open();
        var body = await ServingBody.ReadAsync(context.Request, share, context.RequestAborted);
        var parsed = body.IsSuccess ? ServingJson.Parse(body.Value.GetBuffer().AsMemory(0, (int)body.Value.Length)) : body.Error;
        if (!parsed.IsSuccess)
        {
            await RefuseAsync(context, parsed.Error, requestId, started);
            return;
        }

        using var document = parsed.Value;
        var caller = ServingHandler.CallerOf(context.Request);
        var items = Read(document.RootElement, caller);
        if (!items.IsSuccess)
        {
            await RefuseAsync(context, items.Error, requestId, started);
            return;
        }

        var outcomes = await RunAsync(items.Value, caller, context.RequestAborted);
        var took = clock.GetElapsedTime(started);
        if (outcomes.FirstOrDefault(outcome => outcome is { IsSuccess: false }) is { } failed)
        {
            await RefuseAsync(context, failed.Error!, requestId, started, failed.App);
        }
        else
        {
            await WriteAsync(context, [.. outcomes.Select(outcome => outcome!)], requestId, took);
        }

        foreach (var outcome in outcomes.OfType<ServingOutcome>())
        {
            sampler?.Offer(Route, context.Request, requestId, outcome, outcome.IsSuccess ? StatusCodes.Status200OK : EvalForm.Instance.StatusOf(outcome.Error), took);
        }
    }

    /// <summary>Every item's target, checked before the first is run.</summary>
    private Result<IReadOnlyList<Item>> Read(JsonElement batch, ServingCaller caller)
    {
        if (batch.ValueKind != JsonValueKind.Array || batch.GetArrayLength() == 0)
        {
            return new InvalidError("$", "request.batch_not_list");
        }

        if (batch.GetArrayLength() > MaxItems)
        {
            return new InvalidError("$", EvalForm.BatchTooLarge, MaxItems);
        }

        var items = new List<Item>();
        foreach (var request in batch.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"$[{items.Count}]");
            if (TargetOf(request) is not { } target)
            {
                return new InvalidError($"{path}.op", "request.bad_op");
            }

            if (service.Refuse(target, caller) is { } refused)
            {
                return refused;
            }

            items.Add(new Item(target, request, path));
        }

        return items;
    }

    /// <returns>One for each item; null for those that another's failure has ended.</returns>
    private async Task<ServingOutcome?[]> RunAsync(IReadOnlyList<Item> items, ServingCaller caller, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var runs = items.Select(item => Task.Run(() => RunAsync(item, caller, stop), CancellationToken.None)).ToList();
        var outcomes = await Task.WhenAll(runs);
        ct.ThrowIfCancellationRequested();
        return outcomes;
    }

    private async Task<ServingOutcome?> RunAsync(Item item, ServingCaller caller, CancellationTokenSource stop)
    {
        try
        {
            var outcome = await service.EvalAsync(item.Target, item.Request, item.Path, caller, stop.Token);
            if (!outcome.IsSuccess)
            {
                await stop.CancelAsync();
            }

            return outcome;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task RefuseAsync(HttpContext context, Error error, string requestId, long started, string app = "")
    {
        metrics.Record(Route, app, EvalForm.Instance.StatusOf(error), clock.GetElapsedTime(started));
        await EvalForm.Instance.WriteAsync(context, ServingOutcome.Failed(error, app), requestId, texts);
    }

    /// <summary>A list of what each call alone would have been answered.</summary>
    private async Task WriteAsync(HttpContext context, IReadOnlyList<ServingOutcome> outcomes, string requestId, TimeSpan took)
    {
        var response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers[EvalForm.RequestId] = requestId;
        response.Headers[EvalForm.Metering] = outcomes.CountBy(outcome => outcome.App.ToUpperInvariant()).Select(app => string.Create(CultureInfo.InvariantCulture, $"{app.Key}:{app.Value}")).ToArray();
        foreach (var outcome in outcomes)
        {
            metrics.Record(Route, outcome.App, StatusCodes.Status200OK, took);
        }

        await using (var writer = new Utf8JsonWriter(response.BodyWriter, s_options))
        {
            writer.WriteStartArray();
            foreach (var outcome in outcomes)
            {
                writer.WriteStartObject();
                EvalForm.Instance.WriteMembers(writer, outcome, texts);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static ServingTarget? TargetOf(JsonElement request) =>
        request.ValueKind == JsonValueKind.Object
        && request.TryGetProperty("op", out var op)
        && op.ValueKind == JsonValueKind.String
        && OpForm().Match(op.GetString()!) is { Success: true } match
            ? match.Groups[2] is { Success: true, Value: var version }
                ? ServingTarget.ForVersion(match.Groups[1].Value, version)
                : ServingTarget.ForPhase(match.Groups[1].Value, Phases.Production)
            : null;

    [GeneratedRegex("^/v1/eval/([^/?#]{1,200})(?:/([^/?#]{1,200}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex OpForm();

    private sealed record Item(ServingTarget Target, JsonElement Request, string Path);
}
