using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AvaConsole.Web.Account;

/// <summary>The cookie scheme's events: sessions are checked again every <see cref="SessionCheck.Interval"/>; programs get status codes, not pages.</summary>
internal sealed class CookieSessions(SessionCheck sessions, TimeProvider clock) : CookieAuthenticationEvents
{
    private const string CheckedAt = "checked_at";

    private static readonly string[] s_programs = ["/api", "/v1", "/v2", "/packages", "/_blazor"];

    public override Task SigningIn(CookieSigningInContext context)
    {
        context.Properties.Items[CheckedAt] = Now();
        return Task.CompletedTask;
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var last = context.Properties.Items.TryGetValue(CheckedAt, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        if (clock.GetUtcNow().ToUnixTimeSeconds() - last < SessionCheck.Interval.TotalSeconds) return;
        if (!await sessions.IsValidAsync(context.Principal!, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }

        context.Properties.Items[CheckedAt] = Now();
        context.ShouldRenew = true;
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsPage(context.Request)) context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !Array.Exists(s_programs, prefix => request.Path.StartsWithSegments(prefix));

    private string Now() => clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
