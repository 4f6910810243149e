using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class ReleaseConfiguration : IEntityTypeConfiguration<Release>
{
    public void Configure(EntityTypeBuilder<Release> builder)
    {
        builder.ToTable("releases");
        builder.Property(release => release.CustomFiles).IsJson();
        // text, not jsonb: numbers such as 1.0 and 10000000000 stay as they were written.
        builder.Property(release => release.CustomValues).HasColumnType("text");
        builder.Property(release => release.Revision).IsConcurrencyToken();
        builder.HasIndex(release => new { release.AppId, release.Version }).IsUnique();
        builder.Property(release => release.ImageDigest).HasMaxLength(140);
        builder.HasIndex(release => release.ImageDigest);
        builder.HasOne(release => release.App).WithMany(app => app.Releases).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(release => release.ApiVersion).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(release => release.Package).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
