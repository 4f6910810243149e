using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Web.Serving;

/// <summary>
/// AVA's form: <c>{"code": 0, "message": "", "result": {…}}</c>. Codes from 300 are the HTTP status; −2 is a model that failed (500), −3 a
/// picture that is none (400); a caller who may not is refused with 406. An embedding is answered as its bytes.
/// </summary>
internal sealed class EvalForm : ServingForm
{
    private const int CodeForwardFailed = -2;
    private const int CodeInvalidImage = -3;

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

    protected override void WriteMembers(Utf8JsonWriter writer, ServingOutcome outcome, string requestId, ServingTexts texts)
    {
        writer.WriteNumber("code", outcome.IsSuccess ? 0 : CodeOf(outcome.Error));
        writer.WriteString("message", outcome.IsSuccess ? "" : texts.Text(outcome.Error));
        if (outcome.IsSuccess)
        {
            writer.WritePropertyName("result");
            outcome.Answer.Result.WriteTo(writer);
        }
    }

    protected override void WriteHeaders(HttpResponse response, ServingOutcome outcome, string requestId)
    {
        base.WriteHeaders(response, outcome, requestId);
        response.Headers["X-Reqid"] = requestId;
    }

    private int CodeOf(Error error) => error switch
    {
        InvalidError when IsPicture(error) => CodeInvalidImage,
        UnavailableError { Code: "serving.model_failed" } => CodeForwardFailed,
        _ => StatusOf(error),
    };
}
