using System.Net;
using AvaConsole.Web.Infrastructure.StartUp;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AvaConsole.Web.Infrastructure.Security;

/// <summary>What every request passes before anything of ours sees it.</summary>
internal static class Perimeter
{
    private const long LargestBody = 64L * 1024 * 1024;

    public static IServiceCollection AddAvaPerimeter(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            // Uploads of packages raise it for themselves.
            options.Limits.MaxRequestBodySize = LargestBody;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            options.Limits.MaxConcurrentConnections = 5000;
        });
        services.AddHsts(options =>
        {
            options.MaxAge = TimeSpan.FromDays(365);
            options.IncludeSubDomains = true;
        });
        services.AddProblemDetails();
        services.AddExceptionHandler<FailureHandler>();
        services.Configure<ForwardedHeadersOptions>(options => Trust(options, configuration["Proxy:Trusted"]));
        return services;
    }

    public static WebApplication UseAvaPerimeter(this WebApplication app)
    {
        if (!string.IsNullOrWhiteSpace(app.Configuration["Proxy:Trusted"])) app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseHsts();
        app.UseCircuitOriginCheck(app.Services.GetRequiredService<StartUpSettings>());
        return app;
    }

    private static void Trust(ForwardedHeadersOptions options, string? proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in (proxies ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(text, out var address)) options.KnownProxies.Add(address);
            else options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(text));
        }
    }
}
