using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Components.Layout;
using AvaConsole.Web.Components.Palette;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Home;
using AvaConsole.Web.Features.Images.Recipes;
using AvaConsole.Web.Features.Releases.Service;
using AvaConsole.Web.Features.Settings;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Infrastructure.Culture;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace AvaConsole.Web.Components;

public static class UiServiceCollectionExtensions
{
    /// <summary>Everything that components need: rendering, languages, Radzen, toasts, dialogs, the browser's facts.</summary>
    public static IServiceCollection AddAvaUi(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        return services.AddComponentServices();
    }

    /// <summary>What components inject; without the machinery that renders them.</summary>
    internal static IServiceCollection AddComponentServices(this IServiceCollection services)
    {
        // The marker classes live in the namespace of the resource files: no ResourcesPath, or it would count twice.
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(Cultures.Configure);
        services.AddRadzenComponents();
        services.TryAddSingleton<ILocalizer, RadzenTexts>();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<CurrentActor>();
        services.TryAddScoped<BrowserModule>();
        services.TryAddScoped<BrowserTime>();
        services.TryAddScoped<ViewPreferences>();
        services.TryAddScoped<ErrorPresenter>();
        services.TryAddScoped<IToaster, Toaster>();
        services.TryAddScoped<IConfirm, Confirm>();
        services.AddCommandPalette();
        services.TryAddScoped<AboutFacts>();
        services.TryAddScoped<HomeOverviewReader>();
        services.TryAddScoped<ServiceSaver>();
        services.TryAddScoped<RecipeDrafts>();
        services.AddScoped(provider => new ExampleLoader(
            provider.GetRequiredService<SchemaService>(), provider.GetRequiredService<AppService>(), provider.GetRequiredService<PackageService>()));
        return services;
    }

    /// <summary>An address that nothing answers gets the console's own page, for people only: programs get the bare status.</summary>
    public static IApplicationBuilder UseAvaNotFoundPage(this IApplicationBuilder app) => app
        .UseStatusCodePagesWithReExecute(ShellUrls.NotFound, createScopeForStatusCodePages: true)
        .Use(async (context, next) =>
        {
            await next(context);

            // Not a branch of the pipeline: the page would not be found again from inside one.
            if (context.Features.Get<IStatusCodePagesFeature>() is { } pages && !(context.Response.StatusCode == StatusCodes.Status404NotFound && IsForPeople(context)))
            {
                pages.Enabled = false;
            }
        });

    /// <summary>Pages, their static files and the preference forms. Needs <c>UseRequestLocalization</c>, authentication, authorization and antiforgery before it.</summary>
    public static IEndpointRouteBuilder MapAvaUi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets().AllowAnonymous();
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
        endpoints.MapPreferences();
        return endpoints;
    }

    private static bool IsForPeople(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) is true);
}
