using AvaConsole.Core.Benchmarks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class BenchmarkRunConfiguration : IEntityTypeConfiguration<BenchmarkRun>
{
    public void Configure(EntityTypeBuilder<BenchmarkRun> builder)
    {
        builder.ToTable("benchmark_runs");
        builder.Ignore(run => run.IsOver);
        builder.Property(run => run.Settings).IsJson();
        builder.Property(run => run.Report).IsJson();
        builder.HasOne(run => run.Release).WithMany().OnDelete(DeleteBehavior.Restrict);
        // One run at a time per release, whichever console starts it.
        builder.HasIndex(run => run.ReleaseId, "ux_benchmark_runs_active")
            .IsUnique()
            .HasFilter("state IN ('Pending', 'Running')");
        builder.HasIndex(run => run.ReleaseId);
    }
}
