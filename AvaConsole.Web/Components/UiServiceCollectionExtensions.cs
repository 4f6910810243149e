using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Infrastructure.Culture;
using Microsoft.AspNetCore.Builder;
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
        return services;
    }

    /// <summary>Pages, their static files and the preference forms. Needs <c>UseRequestLocalization</c>, authentication, authorization and antiforgery before it.</summary>
    public static IEndpointRouteBuilder MapAvaUi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets().AllowAnonymous();
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
        endpoints.MapPreferences();
        return endpoints;
    }
}
