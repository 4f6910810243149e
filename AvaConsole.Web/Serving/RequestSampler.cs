using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.RequestLog;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Web.Serving;

/// <summary>Keeps samples of calls for the apps that ask for them. Files are named by size and digest, not kept.</summary>
internal sealed class RequestSampler(RequestRecorder recorder, TimeProvider clock)
{
    // A longer text is a document, not a value that somebody typed.
    private const int MostText = 2048;

    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Throws on what is no UTF-8, which is a file then.
    private static readonly UTF8Encoding s_strict = new(false, true);

    public void Offer(string route, HttpRequest request, string requestId, ServingOutcome outcome, int status, TimeSpan took)
    {
        if (outcome.App.Length > 0 && recorder.Wants(outcome.App, out var app))
        {
            Keep(app, request, new SampledCall(route, requestId, status, took)
            {
                Version = outcome.Version,
                BatchSize = outcome.Answer?.Timing.BatchSize ?? 0,
                Error = outcome.Error?.Code ?? "",
                Request = outcome.Request is { } sent ? Describe(sent) : "",
                Answer = outcome.Answer?.Result.ToJsonString(s_options) ?? "",
            });
        }
    }

    /// <summary>Draws lots for one call; null where it is not to be kept.</summary>
    public Guid? Draw(string command) => recorder.Wants(command, out var app) ? app : null;

    /// <param name="app">From <see cref="Draw"/>.</param>
    public void Keep(Guid app, HttpRequest request, SampledCall call) => recorder.Keep(new RequestSample
    {
        Id = Guid.CreateVersion7(),
        AppId = app,
        Version = call.Version,
        Route = call.Route,
        At = clock.GetUtcNow(),
        Status = call.Status,
        Milliseconds = Math.Round(call.Took.TotalMilliseconds, 3),
        BatchSize = call.BatchSize,
        Caller = ServingHandler.CallerOf(request) is ServingCaller.KeyHolder holder ? Storable(holder.AccessKey, 256) : "",
        RequestId = call.RequestId,
        Error = call.Error,
        Request = Storable(call.Request, RequestSample.MaxText),
        Answer = Storable(call.Answer, RequestSample.MaxText),
    });

    private static string Describe(InferenceRequest request)
    {
        var payload = new JsonObject();
        foreach (var (name, bytes) in request.Payload)
        {
            payload[name] = Text(bytes.Span) is { } text
                ? text
                : new JsonObject { ["bytes"] = bytes.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) };
        }

        var parameters = request.Parameters.ValueKind == JsonValueKind.Undefined ? new JsonObject() : JsonNode.Parse(request.Parameters.GetRawText());
        return new JsonObject { ["parameters"] = parameters, ["payload"] = payload }.ToJsonString(s_options);
    }

    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostText)
        {
            return null;
        }

        try
        {
            var text = s_strict.GetString(bytes);
            return text.Any(letter => char.IsControl(letter) && !char.IsWhiteSpace(letter)) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // The database keeps no NUL, and half of a pair is no letter.
    private static string Storable(string text, int most)
    {
        var end = Math.Min(text.Length, most);
        return text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].Replace('\0', ' ');
    }
}

/// <summary>A call that is over.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Took">From its arrival to its answer.</param>
internal sealed record SampledCall(string Route, string RequestId, int Status, TimeSpan Took)
{
    public string Version { get; init; } = "";

    /// <summary>0 where the model did not run.</summary>
    public int BatchSize { get; init; }

    /// <summary>Code of the error; empty for none.</summary>
    public string Error { get; init; } = "";

    /// <summary>JSON without files and large tensors; empty where it could not be read.</summary>
    public string Request { get; init; } = "";

    public string Answer { get; init; } = "";
}
