using AvaConsole.Core.Accounts;
using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class AppConfiguration : IEntityTypeConfiguration<App>
{
    public void Configure(EntityTypeBuilder<App> builder)
    {
        builder.ToTable("apps");
        builder.HasIndex(app => app.Command).IsUnique();
        builder.HasIndex(app => app.InstanceName).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(app => app.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(app => app.Api).WithMany().HasForeignKey(app => app.ApiId).OnDelete(DeleteBehavior.Restrict);
    }
}
