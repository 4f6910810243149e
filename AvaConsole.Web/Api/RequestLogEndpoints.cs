using System.Text.Encodings.Web;
using System.Text.Json;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Releases;
using AvaConsole.Core.RequestLog;
using AvaConsole.Web.Features.Apps;
using AvaConsole.Web.Infrastructure;

namespace AvaConsole.Web.Api;

/// <summary>Hands out the samples of an app's calls, one JSON object on each line, oldest first.</summary>
public static class RequestLogEndpoints
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapRequestLogs(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(RequestLogUrls.Pattern, DownloadAsync).RequireAuthorization();
        return endpoints;
    }

    private static async Task<IResult> DownloadAsync(string command, HttpContext context, AppService apps, RequestLogService log, CancellationToken ct)
    {
        if (!CurrentActor.From(context.User, context.Connection.RemoteIpAddress?.ToString()).Can(Permission.ManageApps))
        {
            return TypedResults.Forbid();
        }

        var app = await apps.GetAsync(command, ct);
        return app.IsSuccess
            ? TypedResults.Stream(body => WriteAsync(log, app.Value.Id, body, ct), "application/x-ndjson", $"{app.Value.Command}-requests.ndjson")
            : TypedResults.NotFound();
    }

    private static async Task WriteAsync(RequestLogService log, Guid app, Stream body, CancellationToken ct)
    {
        await foreach (var sample in log.ReadAsync(app, ct))
        {
            await JsonSerializer.SerializeAsync(body, sample, s_options, ct);
            await body.WriteAsync("\n"u8.ToArray(), ct);
        }
    }
}
