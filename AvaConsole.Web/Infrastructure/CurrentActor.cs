using System.Security.Claims;
using AvaConsole.Core.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace AvaConsole.Web.Infrastructure;

/// <summary>The signed-in person of this circuit or request, as services want to know them.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, IHttpContextAccessor? requests = null)
{
    private string? _address;

    /// <summary>The caller's IP address; handed over by <c>App.razor</c> for circuits, where the HTTP request is no longer known.</summary>
    public string? Address
    {
        get => _address ?? Request?.Connection.RemoteIpAddress?.ToString();
        set => _address = value;
    }

    // A circuit may still see the request that opened it, whose user is never checked again.
    private HttpContext? Request => requests?.HttpContext is { } http && !http.Request.Path.StartsWithSegments("/_blazor") ? http : null;

    public async ValueTask<Actor> GetAsync() => From(Request?.User ?? (await authentication.GetAuthenticationStateAsync()).User, Address);

    /// <summary>Who a request or a circuit says that its user is.</summary>
    public static Actor From(ClaimsPrincipal user, string? address)
    {
        _ = Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id);
        var roles = user.FindAll(ClaimTypes.Role).Select(claim => claim.Value).ToArray();
        return new Actor(id, user.Identity?.Name ?? "", roles, address);
    }
}
