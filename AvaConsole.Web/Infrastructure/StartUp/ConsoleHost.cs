using System.Diagnostics;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Core.Data;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Web.Infrastructure.Logging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>The console's life: from arguments to the ready line, and until it is told to stop.</summary>
internal static class ConsoleHost
{
    /// <summary>Arguments, appsettings and environment; nothing is started.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Not the working directory: the console finds its files wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        builder.AddAvaLogging();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return builder;
    }

    /// <summary>Starts, says so, and returns when the console is told to stop.</summary>
    /// <exception cref="StartUpException">Says what to do.</exception>
    public static async Task<int> RunAsync(WebApplication app, ConsoleParts parts, long startedAt)
    {
        try
        {
            await PrepareAsync(app, parts);
            await StartAsync(app, parts);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to stop while starting.
            return ExitCodes.Success;
        }
        catch (OptionsValidationException exception)
        {
            throw new StartUpException(ExitCodes.InvalidConfiguration, [.. exception.Failures]);
        }
        catch (Exception exception) when (StartUpFailures.Describe(exception, parts.Settings) is { } problem)
        {
            throw new StartUpException(ExitCodes.Unavailable, problem);
        }

        await ReadyBanner.WriteAsync(app, parts, Stopwatch.GetElapsedTime(startedAt));
        return await WaitForEndAsync(app, parts);
    }

    private static async Task PrepareAsync(WebApplication app, ConsoleParts parts)
    {
        var ct = CancellationToken.None;
        // What takes a while and needs no database, while PostgreSQL starts.
        var runtime = Task.Run(() => FindProvider(app), ct);
        var model = Task.Run(() => BuildModel(app), ct);
        await parts.WaitUntilReadyAsync(ct);
        await model;
        await ConsoleTables.EnsureAsync(parts.Database, ct);
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
        if (app.Services.GetRequiredService<IConfigStore>() is PostgresConfigStore) await PostgresConfigStore.EnsureSchemaAsync(parts.Database, ct);
        await new MasterKey(parts.Settings).CheckAsync(parts.Database, parts.Secrets, ct);
        await runtime;
    }

    private static void BuildModel(WebApplication app)
    {
        using var db = app.Services.GetRequiredService<IDbContextFactory<AvaDbContext>>().CreateDbContext();
        _ = db.Model;
    }

    private static void FindProvider(WebApplication app)
    {
        try
        {
            _ = app.Services.GetRequiredService<OrtRuntime>().Provider;
        }
        catch (InvalidOperationException exception)
        {
            throw new StartUpException(ExitCodes.InvalidConfiguration, exception.Message);
        }
    }

    private static async Task StartAsync(WebApplication app, ConsoleParts parts)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException
            && exception.StackTrace?.Contains("Kestrel", StringComparison.Ordinal) is true
            && StartUpFailures.DescribeListening(exception, parts.Settings.Urls) is { } problem)
        {
            throw new StartUpException(ExitCodes.Unavailable, problem);
        }
    }

    private static async Task<int> WaitForEndAsync(WebApplication app, ConsoleParts parts)
    {
        var stopped = app.WaitForShutdownAsync();
        var first = await Task.WhenAny(stopped, parts.PostgresExited);
        if (first == stopped || app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await stopped;
            return ExitCodes.Success;
        }

        app.Lifetime.StopApplication();
        await stopped;
        throw new StartUpException(
            ExitCodes.Unavailable,
            $"The embedded PostgreSQL ended: {parts.LastPostgresLine}. The console stops with it; start it again.");
    }
}
