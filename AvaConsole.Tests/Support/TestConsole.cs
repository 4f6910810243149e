using AvaConsole.Core;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Common.Egress;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Core.Data;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Core.Images.Recipes.Builds;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Core.Schemas.Publication;
using AvaConsole.Core.Schemas.Versions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AvaConsole.Tests.Support;

/// <summary>Core on a real PostgreSQL and a real configuration store, with two accounts; nothing runs in the background.</summary>
public sealed class TestConsole : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> s_migrated = new(MigrateAsync);

    public const string Password = "correct horse";

    private readonly ServiceProvider _services;
    private readonly TemporaryDirectory _folder;

    private TestConsole(ServiceProvider services, TemporaryDirectory folder, string connectionString) =>
        (_services, _folder, ConnectionString) = (services, folder, connectionString);

    /// <summary>32 zeros, so that another process can open what this one sealed.</summary>
    public static byte[] MasterKey => new byte[32];

    public string ConnectionString { get; }

    public Actor Alice { get; private set; } = null!;

    /// <summary>Approves.</summary>
    public Actor Bob { get; private set; } = null!;

    public Actor Viewer { get; } = new(Guid.CreateVersion7(), "viewer", [Roles.Viewer], "192.0.2.1");

    public AccountService Accounts => Get<AccountService>();

    public AppService Apps => Get<AppService>();

    public AuditService Audit => Get<AuditService>();

    public BenchmarkService Benchmarks => Get<BenchmarkService>();

    public ChangeService Changes => Get<ChangeService>();

    public DataDirectory Data => Get<DataDirectory>();

    public PackageService Packages => Get<PackageService>();

    public LintSettingsService LintSettings => Get<LintSettingsService>();

    public PublicationService Publications => Get<PublicationService>();

    public PublicationReader Published => Get<PublicationReader>();

    public ReleaseService Releases => Get<ReleaseService>();

    public SchemaService Schemas => Get<SchemaService>();

    public RecipeService Recipes => Get<RecipeService>();

    public ImageBuildService Builds => Get<ImageBuildService>();

    internal ImageBuildRunner BuildRunner => Get<ImageBuildRunner>();

    public IConfigStore Store => Get<IConfigStore>();

    public VerificationService Verifications => Get<VerificationService>();

    public VersionService Versions => Get<VersionService>();

    public WorkerService Workers => Get<WorkerService>();

    public RecordingExchange Exchange => Get<RecordingExchange>();

    public RegistryService Registries => Get<RegistryService>();

    public RegistryTester RegistryTester => Get<RegistryTester>();

    /// <summary>What may be asked over HTTP: nothing on this machine but what a test allows.</summary>
    public EgressOptions Egress => Get<IOptions<EgressOptions>>().Value;

    internal CatalogueRefresher Refresher => Get<CatalogueRefresher>();

    internal BenchmarkRunner BenchmarkRunner => Get<BenchmarkRunner>();

    internal ChangeApplier Applier => Get<ChangeApplier>();

    public FakeVerificationScheduler Scheduler => (FakeVerificationScheduler)Get<IVerificationScheduler>();

    /// <param name="store">Null for the embedded one.</param>
    public static async Task<TestConsole> StartAsync(Func<NpgsqlDataSource, IConfigStore>? store = null, TimeProvider? clock = null, ApprovalMode mode = ApprovalMode.Team)
    {
        var connectionString = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(await s_migrated.Value);
        var folder = new TemporaryDirectory();
        var console = new TestConsole(Register(connectionString, folder, store, clock).BuildServiceProvider(validateScopes: true), folder, connectionString);
        var alice = (await console.Accounts.CreateFirstAsync("alice", Password, mode, "192.0.2.10", default)).Value!;
        console.Alice = new Actor(alice.Id, "alice", alice.Roles, "192.0.2.10");
        var bob = (await console.Accounts.CreateAsync("bob", Password, [Roles.Approver], console.Alice, default)).Value!;
        console.Bob = new Actor(bob.Id, "bob", bob.Roles, "192.0.2.11");
        return console;
    }

    /// <summary>Every console's database is a copy of one: to bring it to the present schema step by step takes longer than most tests.</summary>
    private static async Task<string> MigrateAsync()
    {
        var connectionString = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        using var folder = new TemporaryDirectory();
        await using var services = Register(connectionString, folder, null, null).BuildServiceProvider(validateScopes: true);
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(default);
        return new NpgsqlConnectionStringBuilder(connectionString).Database!;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<T> QueryAsync<T>(Func<AvaDbContext, Task<T>> query)
    {
        await using var db = await Get<IDbContextFactory<AvaDbContext>>().CreateDbContextAsync();
        return await query(db);
    }

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(string? action = null) =>
        (await Audit.ListAsync(new AuditFilter(Action: action), 0, 1000, Alice, default)).Value!.Items;

    /// <summary>Works through everything that is due.</summary>
    public async Task ApplyDueAsync()
    {
        while (await Applier.RunOnceAsync(default))
        {
        }
    }

    /// <summary>Lets the console ask these registries, which listen on this machine.</summary>
    public void AllowRegistries(params int[] ports) => (Egress.AllowedHosts, Egress.AllowedPorts) = ("127.0.0.1", string.Join(',', ports));

    /// <summary>Works until the plan is applied or reported, waiting where the worker does.</summary>
    public async Task<ChangePlan> ApplyUntilEndedAsync(Guid planId)
    {
        while (true)
        {
            await ApplyDueAsync();
            var plan = (await Changes.GetAsync(planId, default)).Value!;
            if (plan.State != ChangeState.Applying)
                return plan;
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private static ServiceCollection Register(string connectionString, TemporaryDirectory folder, Func<NpgsqlDataSource, IConfigStore>? store, TimeProvider? clock)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock ?? TimeProvider.System);
        // By a function: what is handed over ready-made is never disposed, and its connections stay.
        services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        services.AddSingleton(new SecretBox(MasterKey));
        services.AddSingleton(new DataDirectory(folder.FullPath));
        store ??= database => new PostgresConfigStore(database, new PostgresConfigStoreOptions());
        services.AddSingleton(provider => store(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<IPackageInspector, FakePackageInspector>();
        services.AddSingleton<IReleaseVerifier, FakeReleaseVerifier>();
        services.AddSingleton<IReleaseBenchmark, FakeReleaseBenchmark>();
        services.AddSingleton<IVerificationScheduler, FakeVerificationScheduler>();
        services.AddSingleton<IEgressClient, FakeEgressClient>();
        services.AddOptions<EgressOptions>();
        services.AddSingleton<EgressClient>().AddSingleton<RecordingExchange>().AddSingleton<IEgressExchange>(provider => provider.GetRequiredService<RecordingExchange>());
        services.AddSingleton<IConsoleAddress, FakeConsoleAddress>();
        services.AddAvaCore();
        // Entries of a process that was killed come due at once.
        services.AddSingleton(provider => new ChangeOutbox(provider.GetRequiredService<IDbContextFactory<AvaDbContext>>(), provider.GetRequiredService<TimeProvider>())
        {
            Lease = TimeSpan.FromMilliseconds(200),
        });
        services.AddIdentityCore<Account>().AddUserStore<UserOnlyStore<Account, AvaDbContext, Guid>>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
        return services;
    }
}
