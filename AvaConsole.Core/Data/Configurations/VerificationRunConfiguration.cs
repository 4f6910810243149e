using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class VerificationRunConfiguration : IEntityTypeConfiguration<VerificationRun>
{
    public void Configure(EntityTypeBuilder<VerificationRun> builder)
    {
        builder.ToTable("verification_runs");
        builder.Property(run => run.Results).IsJson();
        builder.HasOne(run => run.Release).WithMany(release => release.Verifications).OnDelete(DeleteBehavior.Restrict);
        // One run at a time per release, whichever console starts it.
        builder.HasIndex(run => run.ReleaseId, "ux_verification_runs_active")
            .IsUnique()
            .HasFilter("state IN ('Queued', 'Loading', 'Running')");
        builder.HasIndex(run => run.ReleaseId);
    }
}
