using System.Security.Claims;
using AvaConsole.Core.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace AvaConsole.Web.Infrastructure;

/// <summary>The signed-in person of this circuit or request, as services want to know them.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    /// <summary>The caller's IP address; handed over by <c>App.razor</c>, where the HTTP request is still known.</summary>
    public string? Address { get; set; }

    public async ValueTask<Actor> GetAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        _ = Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id);
        var roles = user.FindAll(ClaimTypes.Role).Select(claim => claim.Value).ToArray();
        return new Actor(id, user.Identity?.Name ?? "", roles, Address);
    }
}
