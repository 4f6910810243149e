using AvaConsole.Core.Configuration;
using AvaConsole.Core.Naming;
using AvaConsole.Web.Features.Apis.Docs;
using AvaConsole.Web.Serving.OpenInference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AvaConsole.Web.Serving;

/// <summary>The routes that programs call models by.</summary>
public static class ServingEndpoints
{
    private const string HealthName = "avaconsole";

    public static IEndpointRouteBuilder MapAvaServing(this IEndpointRouteBuilder endpoints)
    {
        // Callers are programs: they present the owner's keys or nothing, never the console's cookie.
        var routes = endpoints.MapGroup("").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        routes.MapPost(ServingRoutes.Content, (HttpContext context, string app, ServingHandler handler) =>
            handler.HandleAsync(context, "content", ContentForm.Instance, ServingTarget.ForPhase(app, Phases.Production)));
        routes.MapPost(ServingRoutes.Grey, (HttpContext context, string app, ServingHandler handler) =>
            handler.HandleAsync(context, "grey", ContentForm.Instance, ServingTarget.ForPhase(app, Phases.Grey)));
        routes.MapPost(ServingRoutes.Eval, (HttpContext context, string app, ServingHandler handler) =>
            handler.HandleAsync(context, "eval", EvalForm.Instance, ServingTarget.ForPhase(app, Phases.Production)));
        routes.MapPost(ServingRoutes.EvalVersion, (HttpContext context, string app, string version, ServingHandler handler) =>
            handler.HandleAsync(context, "eval", EvalForm.Instance, ServingTarget.ForVersion(app, version)));
        routes.MapPost("/v1/batch", (HttpContext context, EvalBatch batch) => batch.HandleAsync(context));
        routes.MapGet("/health", () => TypedResults.Text($"ok {HealthName}"));
        routes.MapGet(ServingRoutes.Health, HealthOf);
        routes.MapGet("/api/ping", () => TypedResults.Json(new { code = 200, message = "pong" }));
        routes.MapOpenInference();
        return endpoints.MapApiDocs();
    }

    /// <summary>As each of AVA's workers answers for its app: 200 where it would take a call, else why not, for those who may call it.</summary>
    private static ContentHttpResult HealthOf(HttpContext context, string app, ServingService service)
    {
        var refused = service.Refuse(ServingTarget.ForPhase(app, Phases.Production), ServingHandler.CallerOf(context.Request));
        return refused is null ? TypedResults.Text($"ok {app}") : TypedResults.Text(refused.Code, statusCode: EvalForm.Instance.StatusOf(refused));
    }
}
