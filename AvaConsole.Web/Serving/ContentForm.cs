using System.Text.Json;
using AvaConsole.Core.Common;

namespace AvaConsole.Web.Serving;

/// <summary>
/// The console's own form, with ASE's codes: <c>{"code": 0, "message": "success", "request_id", "app", "version", "result", "timing_ms"}</c>;
/// errors <c>{"code", "message", "request_id", "errors": [{"field", "message"}]}</c>.
/// </summary>
internal sealed class ContentForm : ServingForm
{
    private const int CodeInvalid = 10163;
    private const int CodeUndecodable = 10161;
    private const int CodeContentType = 10160;
    private const int CodeRead = 10200;
    private const int CodeTimeout = 10114;
    private const int CodeNotPermitted = 10313;
    private const int CodeNotFound = 10404;
    private const int CodeConfiguration = 11502;
    private const int CodeBackend = 11503;
    private const int CodeNoResult = 12000;

    public static ContentForm Instance { get; } = new();

    protected override void WriteMembers(Utf8JsonWriter writer, ServingOutcome outcome, string requestId, ServingTexts texts)
    {
        writer.WriteNumber("code", outcome.IsSuccess ? 0 : CodeOf(outcome.Error));
        writer.WriteString("message", outcome.IsSuccess ? "success" : texts.Text(outcome.Error));
        writer.WriteString("request_id", requestId);
        if (outcome.IsSuccess)
        {
            WriteAnswer(writer, outcome);
        }
        else
        {
            WriteProblems(writer, outcome.Error, texts);
        }
    }

    private static int CodeOf(Error error) => error switch
    {
        InvalidError => IsPicture(error) ? CodeUndecodable : CodeInvalid,
        ForbiddenError => CodeNotPermitted,
        NotFoundError => CodeNotFound,
        BodyTooLargeError => CodeRead,
        ContentTypeError => CodeContentType,
        // ASE has no code of its own for it.
        BusyError => StatusCodes.Status429TooManyRequests,
        UnavailableError { Code: "serving.schema_missing" } => CodeConfiguration,
        UnavailableError => CodeBackend,
        TimeoutError => CodeTimeout,
        _ => CodeNoResult,
    };

    private static void WriteAnswer(Utf8JsonWriter writer, ServingOutcome outcome)
    {
        writer.WriteString("app", outcome.App);
        writer.WriteString("version", outcome.Version);
        writer.WritePropertyName("result");
        outcome.Answer!.Result.WriteTo(writer);
        var timing = outcome.Answer.Timing;
        writer.WriteStartObject("timing_ms");
        writer.WriteNumber("decode", Math.Round(timing.Decode, 3));
        writer.WriteNumber("queue", Math.Round(timing.Queue, 3));
        writer.WriteNumber("run", Math.Round(timing.Run, 3));
        writer.WriteNumber("total", Math.Round(timing.Total, 3));
        writer.WriteEndObject();
        writer.WriteNumber("batch_size", timing.BatchSize);
    }

    private static void WriteProblems(Utf8JsonWriter writer, Error error, ServingTexts texts)
    {
        writer.WriteStartArray("errors");
        foreach (var problem in error is InvalidError invalid ? invalid.Problems : [])
        {
            writer.WriteStartObject();
            writer.WriteString("field", problem.Field);
            writer.WriteString("code", problem.Code);
            writer.WriteString("message", texts.Text(problem));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
