using Microsoft.Net.Http.Headers;

namespace AvaConsole.Web.Infrastructure.Security;

/// <summary>Headers that keep a browser from doing with our answers what they are not for.</summary>
internal static class SecurityHeaders
{
    // 'self' in connect-src covers the circuit's WebSocket to this origin. Components place things by style attributes: hence
    // unsafe-inline for styles. base-uri 'self', because Blazor needs its base element.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
        + "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Apply, context.Response);
        return next(context);
    });

    private static Task Apply(object state)
    {
        var response = (HttpResponse)state;
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not no-referrer: with that, browsers send "Origin: null" with our own forms.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Blazor says in an unload handler that a page was left, which browsers do not run any more unless they are asked to. Without it the page
        // lives on here for minutes, shows its reader as present and takes up every change of the draft that it had open.
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), unload=(self)";
        if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) is true)
        {
            headers[HeaderNames.CacheControl] = "no-store";
        }

        return Task.CompletedTask;
    }
}
