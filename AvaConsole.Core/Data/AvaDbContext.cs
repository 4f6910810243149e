using System.Text.Json;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Data.Configurations;
using AvaConsole.Core.Deployments;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Core.RequestLog;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Core.Schemas.Lint;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AvaConsole.Core.Data;

/// <summary>History and intent. What is live is in the configuration store, never here. One context per operation.</summary>
public sealed class AvaDbContext(DbContextOptions<AvaDbContext> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<ConsoleSettings> Settings => Set<ConsoleSettings>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Api> Apis => Set<Api>();

    public DbSet<ApiVersion> ApiVersions => Set<ApiVersion>();

    public DbSet<StoredStep> DraftSteps => Set<StoredStep>();

    public DbSet<StoredPresence> Presences => Set<StoredPresence>();

    public DbSet<ProjectLint> LintSettings => Set<ProjectLint>();

    public DbSet<App> Apps => Set<App>();

    public DbSet<TestCase> TestCases => Set<TestCase>();

    public DbSet<ModelPackage> Packages => Set<ModelPackage>();

    public DbSet<Release> Releases => Set<Release>();

    public DbSet<VerificationRun> Verifications => Set<VerificationRun>();

    public DbSet<BenchmarkRun> Benchmarks => Set<BenchmarkRun>();

    public DbSet<NameReservation> NameReservations => Set<NameReservation>();

    public DbSet<ImageRegistry> ImageRegistries => Set<ImageRegistry>();

    public DbSet<IndexedRepository> ImageRepositories => Set<IndexedRepository>();

    public DbSet<IndexedTag> ImageTags => Set<IndexedTag>();

    public DbSet<IndexedImage> Images => Set<IndexedImage>();

    public DbSet<StoredRecipe> Recipes => Set<StoredRecipe>();

    public DbSet<StoredRecipeVersion> RecipeVersions => Set<StoredRecipeVersion>();

    public DbSet<ImageBuild> ImageBuilds => Set<ImageBuild>();

    public DbSet<RequestSample> RequestSamples => Set<RequestSample>();

    public DbSet<RequestSampling> RequestSampling => Set<RequestSampling>();

    public DbSet<HostFigures> HostFigures => Set<HostFigures>();

    public DbSet<ChangePlan> Plans => Set<ChangePlan>();

    public DbSet<Approval> Approvals => Set<Approval>();

    public DbSet<OutboxEntry> Outbox => Set<OutboxEntry>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Enum>().HaveConversion<string>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasSequence<int>(ChangePlanConfiguration.NumberSequence);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AvaDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            NameInSnakeCase(entity);
        }
    }

    // So that nobody has to quote names in psql.
    private static void NameInSnakeCase(IMutableEntityType entity)
    {
        foreach (var property in entity.GetProperties().Where(property => property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }

        foreach (var index in entity.GetIndexes().Where(index => index.Name is null))
        {
            index.SetDatabaseName(index.GetDatabaseName()?.ToLowerInvariant());
        }

        foreach (var key in entity.GetKeys())
        {
            key.SetName(key.GetName()?.ToLowerInvariant());
        }

        foreach (var key in entity.GetForeignKeys())
        {
            key.SetConstraintName(key.GetConstraintName()?.ToLowerInvariant());
        }
    }
}
