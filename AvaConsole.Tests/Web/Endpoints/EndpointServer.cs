using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using AvaConsole.Core.Accounts;
using AvaConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Web.Endpoints;

/// <summary>Some of the console's endpoints on Kestrel. Who calls has the role in the header <c>X-Roles</c>, or is nobody.</summary>
internal sealed class EndpointServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EndpointServer(WebApplication app)
    {
        _app = app;
        Client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>Keeps cookies; <c>GET /token</c> gives it an antiforgery token.</summary>
    public HttpClient Client { get; }

    public static async Task<EndpointServer> StartAsync(Action<IServiceCollection> register, Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddLocalization().AddAntiforgery().AddAuthorization().AddSingleton<ErrorPresenter>();
        builder.Services.AddAuthentication("roles").AddScheme<AuthenticationSchemeOptions, RolesInHeader>("roles", null);
        register(builder.Services);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        map(app);
        app.MapGet("/token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        await app.StartAsync();
        return new EndpointServer(app);
    }

    /// <summary>As somebody who may see everything and change nothing.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Roles", Roles.Viewer);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class RolesInHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Roles"] is not [{ } role])
                return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "11111111-1111-1111-1111-111111111111"), new(ClaimTypes.Name, "carol"), new(ClaimTypes.Role, role)], "roles");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), "roles")));
        }
    }
}
