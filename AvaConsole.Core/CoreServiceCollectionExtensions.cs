using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Data;
using AvaConsole.Core.Deployments;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Recipes.Builds;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Core.RequestLog;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Core.Schemas.Publication;
using AvaConsole.Core.Schemas.Versions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace AvaConsole.Core;

public static class CoreServiceCollectionExtensions
{
    /// <summary>
    /// Everything of this project. The host brings the <see cref="NpgsqlDataSource"/>, <c>IConfigStore</c>, <see cref="SecretBox"/>,
    /// <see cref="DataDirectory"/>, <c>IConsoleAddress</c>, <c>IEgressClient</c> and <c>IEgressExchange</c>, <c>IVerificationScheduler</c>, the inference project's
    /// seams, and Identity's user store and password hasher.
    /// </summary>
    public static IServiceCollection AddAvaCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        // Registers the scoped context that Identity's stores need as well.
        services.AddDbContextFactory<AvaDbContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<ConsoleEvents>();
        services.AddSingleton<AuditLog>().AddSingleton<AccessGuard>().AddSingleton<AuditService>();
        services.AddSingleton<AccountService>().Configure<IdentityOptions>(SetPasswordRules);
        services.AddSingleton<SchemaService>().AddSingleton<VersionService>().AddSingleton<LintSettingsService>().AddSingleton<DraftStore>().AddSingleton<DraftPresence>();
        services.AddSingleton<PublicationPlanner>().AddSingleton<PublicationReader>().AddSingleton<PublicationService>();
        services.AddSingleton<LiveReleases>().AddSingleton<AppService>();
        services.AddSingleton<ImagePins>();
        services.AddSingleton<NameReservations>().AddSingleton<ConsoleClock>();
        services.AddSingleton<AppNaming>().AddSingleton<ReleaseNaming>().AddSingleton<ImageNaming>().AddSingleton<NamingService>();
        services.AddSingleton<ReleasePlanner>().AddSingleton<ReleaseDrafts>().AddSingleton<ReleaseService>();
        services.AddSingleton<VerificationService>();
        services.AddSingleton<BenchmarkService>().AddSingleton<BenchmarkRunner>().AddHostedService(provider => provider.GetRequiredService<BenchmarkRunner>());
        services.AddSingleton<WorkerService>();
        services.AddSingleton<RequestLogService>().AddSingleton<RequestRecorder>().AddHostedService(provider => provider.GetRequiredService<RequestRecorder>());
        services.AddSingleton<RegistryClients>().AddSingleton<RegistryAccess>().AddSingleton<RegistryService>().AddSingleton<RegistryTester>();
        services.AddSingleton<CatalogueRefresher>().AddHostedService(provider => provider.GetRequiredService<CatalogueRefresher>());
        services.AddSingleton<PackageFiles>().AddSingleton<PackageService>();
        services.AddSingleton<ChangeOutbox>().AddSingleton<ChangePlanner>().AddSingleton<ChangeWriter>().AddSingleton<ChangeService>();
        services.AddSingleton<ChangeApplier>().AddHostedService(provider => provider.GetRequiredService<ChangeApplier>());
        services.AddSingleton<CatalogueIndex>().AddSingleton<CatalogueService>().AddSingleton<CatalogueUses>().AddSingleton<CatalogueRoots>().AddHostedService<CatalogueWarmer>();
        services.AddImageRecipes();
        services.AddSingleton<HostFiguresService>().AddHostedService<HostFiguresRecorder>();
        services.AddSingleton<HostStatusService>().AddHostedService(provider => provider.GetRequiredService<HostStatusService>());
        return services;
    }

    // Length is what makes a password; rules of composition only make people write it down.
    private static void SetPasswordRules(IdentityOptions options)
    {
        options.Password.RequiredLength = AccountErrors.MinimumPasswordLength;
        options.Password.RequiredUniqueChars = 1;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.User.AllowedUserNameCharacters = "";
    }
}
