using AvaConsole.Inference;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Folders;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Trials;
using AvaConsole.Web.Infrastructure.Metrics;
using AvaConsole.Web.Serving;
using AvaConsole.Web.Serving.OpenInference;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace AvaConsole.Web.Cli.Serve;

/// <summary>A web server with the Open Inference Protocol over a folder of models, and nothing else.</summary>
internal sealed class ServeHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServeHost(WebApplication app) => _app = app;

    public ModelFolder Folder => _app.Services.GetRequiredService<ModelFolder>();

    /// <summary>Where it listens, with the ports that it got.</summary>
    public IEnumerable<string> Urls => _app.Urls;

    /// <summary>Listens, then loads: it answers what it can from the start, and is ready when all is loaded.</summary>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<ServeHost> StartAsync(ServeOptions options, CancellationToken ct)
    {
        var host = new ServeHost(Build(options));
        try
        {
            await host._app.StartAsync(ct);
            await Task.Run(() => host.Folder.LoadAllAsync(ct), ct);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until it is told to end: SIGTERM or SIGINT.</summary>
    public Task WaitAsync(CancellationToken ct) => _app.WaitForShutdownAsync(ct);

    public async ValueTask DisposeAsync()
    {
        // No request is left when the models go.
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(ServeOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSimpleConsole(format => format.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter(typeof(OrtRuntime).FullName, LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None); // Otherwise each request gets an activity that nobody reads.
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            foreach (var url in options.Urls)
            {
                url.Listen(kestrel);
            }
        });
        builder.Services
            .Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true)
            .Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10))
            .Configure<InferenceOptions>(inference => (inference.Provider, inference.Threads, inference.ConcurrentRuns) = (options.Provider, options.Threads, options.Runs))
            .AddSingleton(options.Models)
            .AddSingleton<OrtRuntime>()
            .AddSingleton<InferenceMeters>()
            .AddSingleton(provider => new ModelTrial(
                null, provider.GetRequiredService<IOptions<InferenceOptions>>(), provider.GetRequiredService<ILogger<ModelTrial>>(), options.Child))
            .AddSingleton<ModelFolder>()
            .AddSingleton<IModelHost>(provider => provider.GetRequiredService<ModelFolder>())
            .AddSingleton<IModelRepository>(provider => provider.GetRequiredService<ModelFolder>())
            .AddSingleton(new OpenInferenceOptions(LoopbackMayLoad: true))
            .AddOpenInference()
            .AddAvaMetrics();
        var app = builder.Build();
        app.MapOpenInference();
        app.MapAvaMetrics();
        return app;
    }
}
