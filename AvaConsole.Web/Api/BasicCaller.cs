using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using AvaConsole.Web.Account;

namespace AvaConsole.Web.Api;

/// <summary>
/// A program that gives an account's name and password by HTTP Basic with every request. A cookie is not looked at, so no other site can send one in its
/// visitor's name.
/// </summary>
internal static class BasicCaller
{
    /// <summary>Null where nobody may come in so.</summary>
    public static async Task<ClaimsPrincipal?> FindAsync(HttpContext context, SignInService signIn, CancellationToken ct)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null)
        {
            return null;
        }

        var bytes = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair is [var name, var password] ? await signIn.AuthenticateAsync(context, name, password, ct) : null;
    }
}
