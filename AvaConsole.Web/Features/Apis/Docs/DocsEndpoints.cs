using System.Net.Mime;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;
using AvaConsole.Web.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AvaConsole.Web.Features.Apis.Docs;

/// <summary>OpenAPI documents of what is served.</summary>
public static class DocsEndpoints
{
    public static IEndpointRouteBuilder MapApiDocs(this IEndpointRouteBuilder endpoints)
    {
        // Who may is asked of the app, not of the console's accounts.
        var routes = endpoints.MapGroup(ServingRoutes.Docs).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/openapi.json", (HttpContext context, string app, string? phase, ApiDocs docs, ServingTexts texts) => Write(context, app, phase, docs, texts, yaml: false));
        routes.MapGet("/openapi.yaml", (HttpContext context, string app, string? phase, ApiDocs docs, ServingTexts texts) => Write(context, app, phase, docs, texts, yaml: true));
        return endpoints;
    }

    private static Results<ContentHttpResult, JsonHttpResult<DocsError>> Write(HttpContext context, string app, string? phase, ApiDocs docs, ServingTexts texts, bool yaml)
    {
        System.Globalization.CultureInfo.CurrentUICulture = ServingTexts.CultureOf(context.Request);
        var found = docs.Find(app, phase, context.Request);
        if (!found.IsSuccess)
        {
            return Refused(context, found.Error, texts);
        }

        var server = $"{context.Request.Scheme}://{context.Request.Host}";
        var written = docs.OpenApi(found.Value, yaml, server);
        if (!written.IsSuccess)
        {
            return Refused(context, written.Error, texts);
        }

        // What is live may be another release a moment later.
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Content(written.Value.Text, yaml ? "application/yaml" : MediaTypeNames.Application.Json, Encoding.UTF8);
    }

    private static JsonHttpResult<DocsError> Refused(HttpContext context, Error error, ServingTexts texts)
    {
        var status = ContentForm.Instance.StatusOf(error);
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"AvaConsole\", charset=\"UTF-8\"";
        }

        return TypedResults.Json(new DocsError(error.Code, texts.Text(error)), statusCode: status);
    }

    private sealed record DocsError(string Code, string Message);
}
