using AvaConsole.Web.Components.Palette.Sources;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AvaConsole.Web.Components.Palette;

public static class PaletteServiceCollectionExtensions
{
    /// <summary>The palette and its sources. Features add their own with <see cref="IPaletteSource"/>.</summary>
    public static IServiceCollection AddCommandPalette(this IServiceCollection services)
    {
        services.TryAddScoped<PaletteSearch>();
        services.TryAddScoped<PageCommands>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IPaletteSource, PageCommands>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IPaletteSource, ActionCommands>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IPaletteSource, CatalogCommands>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IPaletteSource, CatalogueCommands>());
        return services;
    }
}
