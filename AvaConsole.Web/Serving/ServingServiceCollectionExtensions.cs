using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Web.Features.Apis.Docs;
using AvaConsole.Web.Serving.OpenInference;

namespace AvaConsole.Web.Serving;

public static class ServingServiceCollectionExtensions
{
    /// <summary>Needs <see cref="IModelHost"/> and <see cref="IEgressClient"/> from elsewhere.</summary>
    public static IServiceCollection AddAvaServing(this IServiceCollection services)
    {
        services.AddOpenInference();
        services.AddSingleton<PayloadReader>();
        services.AddSingleton<RequestReader>();
        services.AddSingleton(provider => new ServingService(provider.GetRequiredService<ServingGate>(), provider.GetRequiredService<RequestReader>()));
        services.AddSingleton<ApiDocs>();
        services.AddSingleton<ServingHandler>();
        services.AddSingleton<EvalBatch>();
        return services;
    }

    /// <summary>Keeps samples of calls; needs <c>RequestRecorder</c> and its database, which serving alone does not.</summary>
    public static IServiceCollection AddRequestSampling(this IServiceCollection services) => services.AddSingleton<RequestSampler>();
}
