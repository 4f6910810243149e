using AvaConsole.Core.Data;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AvaConsole.Tests.Integration.Data;

[Trait("Category", "Integration")]
public sealed class DatabaseTests
{
    [Fact]
    public void Model_Migrations_CarryAllChanges()
    {
        using var db = new AvaDbContext(new DbContextOptionsBuilder<AvaDbContext>().UseNpgsql("Host=localhost").Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task MigrateAsync_SeveralConsolesAtOnce_AllSucceed()
    {
        var connectionString = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        var options = new DbContextOptionsBuilder<AvaDbContext>().UseNpgsql(connectionString).Options;
        var contexts = new Contexts(options);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new DatabaseMigrator(contexts).MigrateAsync(default)));

        await using var db = contexts.CreateDbContext();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Empty(await db.Plans.ToListAsync());
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET actor_name = 'somebody else'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    public async Task AuditEntries_RewrittenByHand_IsRefused(string statement)
    {
        await using var console = await TestConsole.StartAsync();
        await using var source = NpgsqlDataSource.Create(console.ConnectionString);
        await using var command = source.CreateCommand(statement);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.NotEmpty(await console.AuditAsync("account.created"));
    }

    private sealed class Contexts(DbContextOptions<AvaDbContext> options) : IDbContextFactory<AvaDbContext>
    {
        public AvaDbContext CreateDbContext() => new(options);
    }
}
