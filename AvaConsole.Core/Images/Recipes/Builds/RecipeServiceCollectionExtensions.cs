using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Core.Images.Recipes.Builds;

public static class RecipeServiceCollectionExtensions
{
    /// <summary>Where images are built, if anywhere.</summary>
    public static IServiceCollection AddContainerEngine(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ContainerEngineOptions>().Bind(configuration.GetSection(ContainerEngineOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    internal static IServiceCollection AddImageRecipes(this IServiceCollection services)
    {
        services.AddOptions<ContainerEngineOptions>();
        services.AddSingleton<RecipeService>().AddSingleton<ContainerEngine>().AddSingleton<ImageBuildService>();
        return services.AddSingleton<ImageBuildRunner>().AddHostedService(provider => provider.GetRequiredService<ImageBuildRunner>());
    }
}
