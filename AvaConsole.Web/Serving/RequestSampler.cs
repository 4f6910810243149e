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
        if (outcome.App.Length == 0 || !recorder.Wants(outcome.App, out var app))
        {
            return;
        }

        recorder.Keep(new RequestSample
        {
            Id = Guid.CreateVersion7(),
            AppId = app,
            Version = outcome.Version,
            Route = route,
            At = clock.GetUtcNow(),
            Status = status,
            Milliseconds = Math.Round(took.TotalMilliseconds, 3),
            BatchSize = outcome.Answer?.Timing.BatchSize ?? 0,
            Caller = ServingHandler.CallerOf(request) is ServingCaller.KeyHolder holder ? Storable(holder.AccessKey, 256) : "",
            RequestId = requestId,
            Error = outcome.Error?.Code ?? "",
            Request = outcome.Request is { } sent ? Storable(Describe(sent), RequestSample.MaxText) : "",
            Answer = outcome.Answer is { } answer ? Storable(answer.Result.ToJsonString(s_options), RequestSample.MaxText) : "",
        });
    }

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
