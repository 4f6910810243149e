using System.Globalization;
using System.Security.Claims;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Deployments;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Core.RequestLog;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Web.Components;
using AvaConsole.Web.Components.Shared;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Support;

/// <summary>
/// Renders components as the console does: its services, its languages, somebody signed in, a clock that stands still, and no
/// browser behind. <see cref="StartConsoleAsync"/> adds Core on a real database.
/// </summary>
public abstract class AvaTestContext : BunitContext, IAsyncLifetime
{
    private readonly BunitAuthorizationContext _authorization;

    static AvaTestContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(10);

    protected AvaTestContext()
    {
        UseCulture("en");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<IConfirm>(Confirm);
        Services.AddSingleton<IToaster>(Toaster);
        Services.AddComponentServices();
        Services.AddSingleton(new ConsoleEvents(Microsoft.Extensions.Logging.Abstractions.NullLogger<ConsoleEvents>.Instance));
        _authorization = AddAuthorization();
        SignIn(new Actor(Guid.CreateVersion7(), "alice", Roles.All, "192.0.2.10"));
    }

    protected FakeClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero));

    protected FakeConfirm Confirm { get; } = new();

    protected FakeToaster Toaster { get; } = new();

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    /// <summary>Null until <see cref="StartConsoleAsync"/>.</summary>
    protected TestConsole Console { get; private set; } = null!;

    protected ConsoleEvents Events => Services.GetRequiredService<ConsoleEvents>();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        if (Console is not null)
        {
            await Console.DisposeAsync();
        }
    }

    /// <summary>Core with its services, signed in as Alice, who may do everything. Before the first render.</summary>
    protected async Task StartConsoleAsync(ApprovalMode mode = ApprovalMode.Team)
    {
        Console = await TestConsole.StartAsync(mode: mode);
        Services.AddSingleton(Console.Accounts);
        Services.AddSingleton(Console.Apps);
        Services.AddSingleton(Console.Audit);
        Services.AddSingleton(Console.Benchmarks);
        Services.AddSingleton(Console.Changes);
        Services.AddSingleton(Console.Data);
        Services.AddSingleton(Console.Get<NameReservations>());
        Services.AddSingleton(Console.Get<ImagePins>());
        Services.AddSingleton(Console.Get<ConsoleClock>());
        Services.AddSingleton(Console.Get<NamingService>());
        Services.AddSingleton(Console.Get<RequestLogService>());
        Services.AddSingleton(Console.Packages);
        Services.AddSingleton(Console.Releases);
        Services.AddSingleton(Console.Recipes);
        Services.AddSingleton(Console.Builds);
        Services.AddSingleton(Console.Schemas);
        Services.AddSingleton(Console.Get<DraftStore>());
        Services.AddSingleton(Console.Get<DraftPresence>());
        Services.AddSingleton(Console.LintSettings);
        Services.AddSingleton(Console.Publications);
        Services.AddSingleton(Console.Published);
        Services.AddSingleton(Console.Versions);
        Services.AddSingleton(Console.Verifications);
        Services.AddSingleton(Console.Workers);
        Services.AddSingleton(Console.Store);
        Services.AddSingleton(Console.Get<HostStatusService>());
        Services.AddSingleton(Console.Get<HostFiguresService>());
        Services.AddSingleton(Console.Get<CatalogueService>());
        Services.AddSingleton(Console.Get<CatalogueUses>());
        Services.AddSingleton(Console.Get<CatalogueRoots>());
        Services.AddSingleton(Console.Registries);
        Services.AddSingleton(Console.RegistryTester);
        Services.AddSingleton(Console.Get<ConsoleEvents>());
        SignIn(Console.Alice);
    }

    protected void SignIn(Actor actor)
    {
        _authorization.SetAuthorized(actor.Name);
        _authorization.SetRoles([.. actor.Roles]);
        _authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, actor.AccountId.ToString()));
    }

    protected static void UseCulture(string name) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
}

/// <summary>Answers what the test says and notes what was asked.</summary>
public sealed class FakeConfirm : IConfirm
{
    public bool Answer { get; set; } = true;

    public List<string> Asked { get; } = [];

    public Task<bool> AskAsync(string title, string text, string verb, bool danger = false)
    {
        Asked.Add(title);
        return Task.FromResult(Answer);
    }
}

/// <summary>Notes what was said.</summary>
public sealed class FakeToaster : IToaster
{
    public List<string> Successes { get; } = [];

    public List<string> Errors { get; } = [];

    public void Success(string text) => Successes.Add(text);

    public void Error(string text) => Errors.Add(text);

    public void Error(Error error) => Errors.Add(error.Code);
}
