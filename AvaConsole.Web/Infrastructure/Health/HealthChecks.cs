using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Hosting;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace AvaConsole.Web.Infrastructure.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: so do the parts it needs to serve.</summary>
internal static class HealthChecks
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddAvaHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<PostgresHealth>("postgres", timeout: s_patience)
            .AddCheck<ConfigurationHealth>("configuration", timeout: s_patience)
            .AddCheck<ModelHealth>("models", timeout: s_patience);
        return services;
    }

    public static IEndpointRouteBuilder MapAvaHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
        return endpoints;
    }

    // Which part is not ready, but not why: that is in the log.
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        parts = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
    });
}

internal sealed class PostgresHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

internal sealed class ConfigurationHealth(IConfigStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.GetAsync("/ava/serving/worker/default", cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

internal sealed class ModelHealth(IModelHost host) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(host.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}
