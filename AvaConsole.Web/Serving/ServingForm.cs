using System.Text.Encodings.Web;
using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Web.Serving;

/// <summary>One way of writing answers. The routes differ in nothing else.</summary>
internal abstract class ServingForm
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>HTTP status of an error.</summary>
    public virtual int StatusOf(Error error) => error switch
    {
        InvalidError => StatusCodes.Status400BadRequest,
        ForbiddenError => StatusCodes.Status401Unauthorized,
        NotFoundError => StatusCodes.Status404NotFound,
        ConflictError => StatusCodes.Status409Conflict,
        BodyTooLargeError => StatusCodes.Status413PayloadTooLarge,
        ContentTypeError => StatusCodes.Status415UnsupportedMediaType,
        BusyError => StatusCodes.Status429TooManyRequests,
        UnavailableError => StatusCodes.Status503ServiceUnavailable,
        TimeoutError => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    public async Task WriteAsync(HttpContext context, ServingOutcome outcome, string requestId, ServingTexts texts)
    {
        var response = context.Response;
        response.StatusCode = outcome.IsSuccess ? StatusCodes.Status200OK : StatusOf(outcome.Error);
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        WriteHeaders(response, outcome, requestId);
        if (OctetsOf(context.Request, outcome) is { } octets)
        {
            response.ContentType = "application/octet-stream";
            await response.BodyWriter.WriteAsync(octets, context.RequestAborted);
            return;
        }

        await using (var writer = new Utf8JsonWriter(response.BodyWriter, s_options))
        {
            writer.WriteStartObject();
            WriteMembers(writer, outcome, requestId, texts);
            writer.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>The body where it is bytes alone; null for JSON.</summary>
    protected virtual ReadOnlyMemory<byte>? OctetsOf(HttpRequest request, ServingOutcome outcome) => null;

    protected abstract void WriteMembers(Utf8JsonWriter writer, ServingOutcome outcome, string requestId, ServingTexts texts);

    protected virtual void WriteHeaders(HttpResponse response, ServingOutcome outcome, string requestId)
    {
        var wait = outcome.Error switch
        {
            BusyError busy => Math.Max(1, busy.RetryAfterSeconds),
            UnavailableError => 2,
            _ => 0,
        };
        if (wait > 0)
        {
            response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"AvaConsole\", charset=\"UTF-8\"";
        }
    }

    protected static bool IsPicture(Error error) =>
        error is InvalidError { Problems: [var first, ..] } && first.Code.StartsWith("picture.", StringComparison.Ordinal);
}
