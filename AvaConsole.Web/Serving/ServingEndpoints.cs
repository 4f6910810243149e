using AvaConsole.Core.Configuration;
using AvaConsole.Web.Features.Apis.Docs;
using AvaConsole.Web.Serving.OpenInference;

namespace AvaConsole.Web.Serving;

/// <summary>The routes that programs call models by.</summary>
public static class ServingEndpoints
{
    public static IEndpointRouteBuilder MapAvaServing(this IEndpointRouteBuilder endpoints)
    {
        // Callers are programs: they present the owner's keys or nothing, never the console's cookie.
        var routes = endpoints.MapGroup("").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        routes.MapPost("/api/content/{app}", (HttpContext context, string app, ServingHandler handler) =>
            handler.HandleAsync(context, "content", ContentForm.Instance, ServingTarget.ForPhase(app, Phases.Production)));
        routes.MapPost("/api/grey/content/{app}", (HttpContext context, string app, ServingHandler handler) =>
            handler.HandleAsync(context, "grey", ContentForm.Instance, ServingTarget.ForPhase(app, Phases.Grey)));
        routes.MapPost("/v1/eval/{app}", (HttpContext context, string app, ServingHandler handler) =>
            handler.HandleAsync(context, "eval", EvalForm.Instance, ServingTarget.ForPhase(app, Phases.Production)));
        routes.MapPost("/v1/eval/{app}/{version}", (HttpContext context, string app, string version, ServingHandler handler) =>
            handler.HandleAsync(context, "eval", EvalForm.Instance, ServingTarget.ForVersion(app, version)));
        routes.MapGet("/api/ping", () => TypedResults.Json(new { code = 200, message = "pong" }));
        routes.MapOpenInference();
        return endpoints.MapApiDocs();
    }
}
