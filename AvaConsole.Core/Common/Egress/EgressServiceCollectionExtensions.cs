using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AvaConsole.Core.Common.Egress;

public static class EgressServiceCollectionExtensions
{
    public static IServiceCollection AddAvaEgress(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<EgressOptions>().Bind(configuration.GetSection(EgressOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<EgressClient>();
        services.TryAddSingleton<IEgressClient>(provider => provider.GetRequiredService<EgressClient>());
        services.TryAddSingleton<IEgressExchange>(provider => provider.GetRequiredService<EgressClient>());
        return services;
    }
}
