using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Core.Configuration.Etcd;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AvaConsole.Core.Configuration;

/// <summary>Registers the live configuration's store.</summary>
public static class ConfigurationServiceCollectionExtensions
{
    /// <summary>etcd where <c>Etcd:Endpoints</c> is set, else the embedded store.</summary>
    public static IServiceCollection AddAvaConfigurationStore(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return string.IsNullOrWhiteSpace(configuration[$"{EtcdOptions.Section}:{nameof(EtcdOptions.Endpoints)}"])
            ? services.AddEmbeddedConfigStore(configuration)
            : services.AddEtcdConfigStore(configuration);
    }

    public static IServiceCollection AddEtcdConfigStore(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<EtcdOptions>()
            .Bind(configuration.GetSection(EtcdOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EtcdOptions>, EtcdOptionsValidator>());
        services.TryAddSingleton<IConfigStore>(provider => new EtcdConfigStore(
            provider.GetRequiredService<IOptions<EtcdOptions>>().Value,
            provider.GetService<ILogger<EtcdConfigStore>>()));
        return services;
    }

    /// <summary>Needs an <see cref="NpgsqlDataSource"/> in the container.</summary>
    public static IServiceCollection AddEmbeddedConfigStore(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<PostgresConfigStoreOptions>()
            .Bind(configuration.GetSection(PostgresConfigStoreOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<IConfigStore>(provider => new PostgresConfigStore(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<IOptions<PostgresConfigStoreOptions>>().Value,
            provider.GetService<ILogger<PostgresConfigStore>>()));
        return services;
    }
}
