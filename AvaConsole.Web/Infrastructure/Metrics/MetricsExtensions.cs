using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace AvaConsole.Web.Infrastructure.Metrics;

public static class MetricsExtensions
{
    public static IServiceCollection AddAvaMetrics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddOptions<MetricsOptions>().BindConfiguration(MetricsOptions.Section);
        services.AddSingleton<PrometheusExporter>();
        services.AddHostedService(provider => provider.GetRequiredService<PrometheusExporter>());
        return services;
    }

    /// <summary><c>GET /metrics</c>.</summary>
    public static IEndpointRouteBuilder MapAvaMetrics(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/metrics", (HttpContext context, PrometheusExporter exporter, IOptions<MetricsOptions> options) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return IsPermitted(context.Request, options.Value.Token)
                ? Results.Text(exporter.Write(), PrometheusExporter.ContentType)
                : Results.StatusCode(StatusCodes.Status401Unauthorized);
        }).AllowAnonymous().ExcludeFromDescription();
        return endpoints;
    }

    private static bool IsPermitted(HttpRequest request, string token) =>
        token.Length == 0 || CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + token)),
            SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString())));
}
