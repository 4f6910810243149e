using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Web.Serving;

/// <summary>
/// AVA's form: <c>{"code": 0, "message": "", "result": {…}}</c>. Codes from 300 are the HTTP status; −1 is a batch of too many (400), −2 a model that failed (500), −3 a
/// picture that is none (400), 599 what nobody foresaw (500); a caller who may not is refused with 406. An embedding is answered as its bytes.
/// </summary>
internal sealed class EvalForm : ServingForm
{
    /// <summary>The headers that AVA's billing and its logs go by.</summary>
    public const string Metering = "X-Origin-A";
    public const string RequestId = "X-Reqid";

    /// <summary>Code of a batch with more items than may be.</summary>
    public const string BatchTooLarge = "request.batch_too_large";

    private const int CodeBatchSize = -1;
    private const int CodeForwardFailed = -2;
    private const int CodeInvalidImage = -3;
    private const int CodeUnknown = 599;

    public static EvalForm Instance { get; } = new();

    public override int StatusOf(Error error) => error switch
    {
        ForbiddenError => StatusCodes.Status406NotAcceptable,
        ContentTypeError => StatusCodes.Status400BadRequest,
        UnavailableError { Code: "serving.model_failed" } => StatusCodes.Status500InternalServerError,
        _ => base.StatusOf(error),
    };

    // AVA's feature commands answer a stream of float32, whatever the caller accepts; who asks for JSON gets it nevertheless.
    protected override ReadOnlyMemory<byte>? OctetsOf(HttpRequest request, ServingOutcome outcome) =>
        request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase) ? (ReadOnlyMemory<byte>?)null : outcome.Answer?.Octets;

    /// <summary><c>code</c>, <c>message</c> and <c>result</c>.</summary>
    public void WriteMembers(Utf8JsonWriter writer, ServingOutcome outcome, ServingTexts texts)
    {
        writer.WriteNumber("code", outcome.IsSuccess ? 0 : CodeOf(outcome.Error));
        writer.WriteString("message", outcome.IsSuccess ? "" : texts.Text(outcome.Error));
        if (outcome.IsSuccess)
        {
            writer.WritePropertyName("result");
            outcome.Answer.Result.WriteTo(writer);
        }
    }

    protected override void WriteMembers(Utf8JsonWriter writer, ServingOutcome outcome, string requestId, ServingTexts texts) => WriteMembers(writer, outcome, texts);

    protected override void WriteHeaders(HttpResponse response, ServingOutcome outcome, string requestId)
    {
        base.WriteHeaders(response, outcome, requestId);
        response.Headers[RequestId] = requestId;
        if (outcome.IsSuccess)
        {
            // AVA's billing counts these: one call of this app.
            response.Headers[Metering] = $"{outcome.App.ToUpperInvariant()}:1";
        }
    }

    private int CodeOf(Error error) => error switch
    {
        InternalError => CodeUnknown,
        InvalidError { Problems: [{ Code: BatchTooLarge }, ..] } => CodeBatchSize,
        InvalidError when IsPicture(error) => CodeInvalidImage,
        UnavailableError { Code: "serving.model_failed" } => CodeForwardFailed,
        _ => StatusOf(error),
    };
}
