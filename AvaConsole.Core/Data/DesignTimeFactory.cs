using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AvaConsole.Core.Data;

/// <summary>What <c>dotnet ef migrations add</c> builds the model with. Never connects.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<AvaDbContext>
{
    public AvaDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<AvaDbContext>().UseNpgsql("Host=localhost").Options);
}
