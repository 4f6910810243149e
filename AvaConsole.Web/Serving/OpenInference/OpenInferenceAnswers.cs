using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>Writes answers as the protocol has them; errors as <c>{"error": "…"}</c> with KServe's statuses.</summary>
internal sealed class OpenInferenceAnswers(ServingTexts texts)
{
    private const string Json = "application/json";
    private const int SecondsToWait = 2;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int StatusOf(Error error) => error switch
    {
        InvalidError => StatusCodes.Status400BadRequest,
        ForbiddenError => StatusCodes.Status401Unauthorized,
        NotFoundError => StatusCodes.Status404NotFound,
        MethodError => StatusCodes.Status405MethodNotAllowed,
        ConflictError => StatusCodes.Status409Conflict,
        BodyTooLargeError => StatusCodes.Status413PayloadTooLarge,
        EncodingError => StatusCodes.Status415UnsupportedMediaType,
        BusyError => StatusCodes.Status429TooManyRequests,
        UnsupportedError => StatusCodes.Status501NotImplemented,
        UnavailableError { Code: "serving.model_failed" } => StatusCodes.Status500InternalServerError,
        UnavailableError => StatusCodes.Status503ServiceUnavailable,
        TimeoutError => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBytes(1024);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            write(writer);
        }

        await SendAsync(context, status, buffer);
    }

    public Task WriteErrorAsync(HttpContext context, Error error)
    {
        CultureInfo.CurrentUICulture = ServingTexts.CultureOf(context.Request);
        var status = StatusOf(error);
        var headers = context.Response.Headers;
        if (error is BusyError busy)
        {
            headers.RetryAfter = Math.Max(1, busy.RetryAfterSeconds).ToString(CultureInfo.InvariantCulture);
        }
        else if (status == StatusCodes.Status503ServiceUnavailable)
        {
            headers.RetryAfter = SecondsToWait.ToString(CultureInfo.InvariantCulture);
        }
        else if (error is MethodError method)
        {
            headers.Allow = method.Allowed;
        }
        else if (status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Basic realm=\"AvaConsole\", charset=\"UTF-8\"";
        }

        return WriteAsync(context, status, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("error", texts.Text(error));
            writer.WriteEndObject();
        });
    }

    /// <param name="json">The answer's JSON.</param>
    /// <param name="outputs">Those in binary form follow it.</param>
    public static async Task SendInferenceAsync(HttpContext context, PooledBytes json, IReadOnlyList<AnsweredOutput> outputs)
    {
        var response = context.Response;
        var (binary, hasBinary) = (0L, false);
        foreach (var output in outputs)
        {
            binary += output.IsBinary ? BinaryTensors.SizeOf(output.Tensor) : 0;
            hasBinary |= output.IsBinary;
        }

        if (!hasBinary)
        {
            await SendAsync(context, StatusCodes.Status200OK, json);
            return;
        }

        response.ContentType = "application/octet-stream";
        response.ContentLength = json.Length + binary;
        response.Headers[InferBody.HeaderLength] = json.Length.ToString(CultureInfo.InvariantCulture);
        response.BodyWriter.Write(json.Written.Span);
        foreach (var output in outputs)
        {
            if (output.IsBinary)
            {
                BinaryTensors.Write(output.Tensor, response.BodyWriter);
                await response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }
    }

    private static async Task SendAsync(HttpContext context, int status, PooledBytes body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = Json;
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body.Written.Span);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
