using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Serving;

namespace AvaConsole.Web.Features.Apis.Docs;

/// <summary>The documents of what is served here, to those who may call it. Taken from the live configuration, so that a host without a database has them too.</summary>
public sealed class ApiDocs(ServingService serving)
{
    public Result<ServedApi> Find(string app, string? phase, HttpRequest request) =>
        serving.Describe(ServingTarget.ForPhase(app, DocsUrls.ParsePhase(phase)), CallerOf(request));

    public Result<ExportedSchema> OpenApi(ServedApi api, bool yaml, string server) =>
        SchemaWriter.Write(api.Schema, SchemaFormat.OpenApi, new SchemaWriteOptions { Yaml = yaml, Server = server });

    /// <summary>The console's users by their cookie, programs by the owner's keys.</summary>
    private static ServingCaller CallerOf(HttpRequest request)
    {
        var user = request.HttpContext.User;
        return user.Identity?.IsAuthenticated == true
            ? new ServingCaller.ConsoleUser(CurrentActor.From(user, request.HttpContext.Connection.RemoteIpAddress?.ToString()))
            : ServingHandler.CallerOf(request);
    }
}
