using AvaConsole.Core.Data;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Infrastructure.StartUp;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace AvaConsole.Web.Account;

internal static class AccountServiceCollectionExtensions
{
    public static IServiceCollection AddAvaAccounts(this IServiceCollection services, StartUpSettings settings)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Core.Accounts.Account>(options =>
            {
                options.Lockout.MaxFailedAccessAttempts = 10;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddUserStore<UserOnlyStore<Core.Accounts.Account, AvaDbContext, Guid>>()
            .AddPasswordValidator<Core.Accounts.AccountPasswordValidator>()
            .AddClaimsPrincipalFactory<AccountPrincipalFactory>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<CookieSessions>();
        services.AddSingleton<FirstAccountLink>();
        services.AddScoped<SignInService>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();
        services.AddCascadingAuthenticationState();
        services.AddRateLimiter(SignInLimit.Configure);
        return services.AddCookies(settings.IsHttpsOnly);
    }

    private static IServiceCollection AddCookies(this IServiceCollection services, bool httpsOnly)
    {
        // A __Host- cookie cannot be set by another host of the domain, but browsers take it over https only.
        var prefix = httpsOnly ? "__Host-" : "";
        var secure = httpsOnly ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = prefix + "avaconsole";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = secure;
            options.Cookie.Path = "/";
            options.ExpireTimeSpan = TimeSpan.FromHours(8);
            options.SlidingExpiration = true;
            options.LoginPath = AccountUrls.Login;
            options.ReturnUrlParameter = "returnUrl";
            options.EventsType = typeof(CookieSessions);
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = prefix + "avaconsole-form";
            options.Cookie.SecurePolicy = secure;
            options.Cookie.Path = "/";
        });

        // What says nothing about who may call it, only signed-in people may.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }
}
