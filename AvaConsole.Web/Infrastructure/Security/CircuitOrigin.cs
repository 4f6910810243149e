using AvaConsole.Web.Infrastructure.StartUp;

namespace AvaConsole.Web.Infrastructure.Security;

/// <summary>
/// Refuses circuits that another site's page opens: a WebSocket takes cookies along and asks nobody (cross-site WebSocket hijacking).
/// </summary>
internal static class CircuitOrigin
{
    public static IApplicationBuilder UseCircuitOriginCheck(this IApplicationBuilder app, StartUpSettings settings) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor") || IsOwn(context.Request, settings)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    // A browser names the origin of every WebSocket and of every POST; programs need not, and carry no stolen cookie.
    private static bool IsOwn(HttpRequest request, StartUpSettings settings)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || (settings.PublicUrl is { } url && origin.Equals(new Uri(url).GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));
    }
}
