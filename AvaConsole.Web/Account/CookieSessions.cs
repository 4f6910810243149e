using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AvaConsole.Web.Account;

/// <summary>The cookie scheme's events: sessions are checked again every <see cref="SessionCheck.Interval"/>; programs get status codes, not pages.</summary>
internal sealed class CookieSessions(SessionCheck sessions, TimeProvider clock) : CookieAuthenticationEvents
{
    private const string CheckedAt = "checked_at";

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

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) => RedirectOr(context, StatusCodes.Status401Unauthorized);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static Task RedirectOr(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var page = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (page) context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private string Now() => clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
