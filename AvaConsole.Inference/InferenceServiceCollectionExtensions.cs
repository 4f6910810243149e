using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Deployments;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution.Benchmarks;
using AvaConsole.Inference.Figures;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Operators;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Trials;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AvaConsole.Inference;

public static class InferenceServiceCollectionExtensions
{
    /// <summary>
    /// The inference host with everything it needs. The application brings <c>IConfigStore</c>, <c>DataDirectory</c> and <c>IEgressClient</c>, and
    /// <see cref="ChildProgram"/> where models are to be tried in a child process before they are loaded.
    /// </summary>
    public static IServiceCollection AddAvaInference(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<InferenceOptions>()
            .Bind(configuration.GetSection(InferenceOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InferenceOptions>, CustomOperatorsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OrtRuntime>();
        services.AddSingleton(_ => new PackageUnpacker()).AddSingleton<PackageCache>().AddSingleton<ServiceYamlEditor>().AddSingleton<ServiceYamlTrial>().AddSingleton<CustomFileCache>();
        services.AddSingleton<ModelTrial>();
        services.AddSingleton<IPackageInspector, PackageInspector>();
        services.AddSingleton(provider => new RunSlots(provider.GetRequiredService<IOptions<InferenceOptions>>().Value.Runs));
        services.AddSingleton<DecodeGate>().AddSingleton<InferenceMeters>();
        services.AddSingleton<FiguresCollector>().AddSingleton<IFiguresSource>(provider => provider.GetRequiredService<FiguresCollector>());
        services.AddSingleton<ReleaseLoader>();
        services.AddSingleton<IReleaseVerifier, ReleaseVerifier>().AddSingleton<IReleaseBenchmark, ReleaseBenchmark>();
        services.AddSingleton(provider => new ModelHost(
            provider.GetRequiredService<IConfigStore>(),
            provider.GetRequiredService<ReleaseLoader>(),
            provider.GetRequiredService<OrtRuntime>(),
            provider.GetRequiredService<IOptions<InferenceOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IModelHost>(provider => provider.GetRequiredService<ModelHost>());
        services.AddSingleton<IModelRepository>(provider => provider.GetRequiredService<ModelHost>());
        services.AddHostedService(provider => provider.GetRequiredService<ModelHost>());
        services.AddSingleton<CachePruner>();
        services.AddHostedService(provider => provider.GetRequiredService<CachePruner>());
        return services;
    }
}
