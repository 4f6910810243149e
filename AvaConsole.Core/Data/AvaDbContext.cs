using AvaConsole.Core.Accounts;
using AvaConsole.Core.Audit;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Core.Data;

/// <summary>History and intent. What is live is in the configuration store, never here. One context per operation.</summary>
public sealed class AvaDbContext(DbContextOptions<AvaDbContext> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<ConsoleSettings> Settings => Set<ConsoleSettings>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Api> Apis => Set<Api>();

    public DbSet<ApiVersion> ApiVersions => Set<ApiVersion>();

    public DbSet<App> Apps => Set<App>();

    public DbSet<TestCase> TestCases => Set<TestCase>();

    public DbSet<ModelPackage> Packages => Set<ModelPackage>();

    public DbSet<Release> Releases => Set<Release>();

    public DbSet<VerificationRun> Verifications => Set<VerificationRun>();

    public DbSet<ChangePlan> Plans => Set<ChangePlan>();

    public DbSet<Approval> Approvals => Set<Approval>();

    public DbSet<OutboxEntry> Outbox => Set<OutboxEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AvaDbContext).Assembly);
}
