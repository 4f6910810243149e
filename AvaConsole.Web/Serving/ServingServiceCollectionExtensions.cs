using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Web.Features.Apis.Docs;
using AvaConsole.Web.Serving.OpenInference;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AvaConsole.Web.Serving;

public static class ServingServiceCollectionExtensions
{
    /// <summary>Needs <see cref="IModelHost"/> and <see cref="IEgressClient"/> from elsewhere.</summary>
    public static IServiceCollection AddAvaServing(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ServingOptions>().BindConfiguration(ServingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<BodyBudget>();
        services.AddSingleton<PayloadReader>();
        services.AddSingleton<RequestReader>();
        services.AddSingleton<ServingGate>();
        services.AddSingleton(provider => new ServingService(provider.GetRequiredService<ServingGate>(), provider.GetRequiredService<RequestReader>()));
        services.AddSingleton<ApiDocs>();
        services.AddSingleton<ServingTexts>();
        services.AddSingleton<ServingMetrics>();
        services.AddSingleton<ServingHandler>();
        services.AddOpenInference();
        return services;
    }

    /// <summary>Keeps samples of calls; needs <c>RequestRecorder</c> and its database, which serving alone does not.</summary>
    public static IServiceCollection AddRequestSampling(this IServiceCollection services) => services.AddSingleton<RequestSampler>();
}
