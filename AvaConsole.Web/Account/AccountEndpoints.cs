using Microsoft.AspNetCore.Mvc;

namespace AvaConsole.Web.Account;

public static class AccountEndpoints
{
    public static IEndpointRouteBuilder MapAvaAccounts(this IEndpointRouteBuilder endpoints)
    {
        // The form parameter makes the antiforgery middleware check the token.
        endpoints.MapPost(AccountUrls.Logout, async (HttpContext http, [FromForm] string? returnUrl, SignInService signIn, CancellationToken ct) =>
        {
            await signIn.SignOutAsync(http, ct);
            return TypedResults.LocalRedirect(AccountUrls.Login);
        }).AllowAnonymous();
        return endpoints;
    }
}
