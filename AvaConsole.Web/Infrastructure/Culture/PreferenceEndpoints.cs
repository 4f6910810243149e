using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AvaConsole.Web.Infrastructure.Culture;

/// <summary>
/// Language and theme are cookies, so that the first byte of a page is already right. A circuit keeps its culture and cannot
/// set cookies: both switches are form posts that answer with a redirect back to the page.
/// </summary>
public static class PreferenceEndpoints
{
    public const string LanguagePath = "/preferences/language";
    public const string ThemePath = "/preferences/theme";

    public static IEndpointRouteBuilder MapPreferences(this IEndpointRouteBuilder endpoints)
    {
        // Form binding makes the antiforgery middleware check the token.
        endpoints.MapPost(LanguagePath, SetLanguage).AllowAnonymous();
        endpoints.MapPost(ThemePath, SetTheme).AllowAnonymous();
        return endpoints;
    }

    private static RedirectHttpResult SetLanguage(HttpContext context, [FromForm] string? culture, [FromForm] string? returnUrl)
    {
        if (Cultures.IsSupported(culture))
        {
            var value = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture!));
            context.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, value, Options(context));
        }

        return Back(returnUrl);
    }

    private static RedirectHttpResult SetTheme(HttpContext context, [FromForm] string? theme, [FromForm] string? returnUrl)
    {
        context.Response.Cookies.Append(ThemeNames.CookieName, ThemeNames.Parse(theme), Options(context));
        return Back(returnUrl);
    }

    private static RedirectHttpResult Back(string? returnUrl) => TypedResults.LocalRedirect(LocalUrl.OrHome(returnUrl));

    private static CookieOptions Options(HttpContext context) => new()
    {
        MaxAge = TimeSpan.FromDays(365),
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
