using AvaConsole.Core.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class ChangePlanConfiguration : IEntityTypeConfiguration<ChangePlan>
{
    public const string NumberSequence = "change_plan_numbers";

    public void Configure(EntityTypeBuilder<ChangePlan> builder)
    {
        builder.ToTable("change_plans");
        builder.Property(plan => plan.Number).HasDefaultValueSql($"nextval('{NumberSequence}')").ValueGeneratedOnAdd();
        builder.Property(plan => plan.Operations).IsJson();
        // Decisions that race (approve and withdraw, two applications) are told apart by the row's own version.
        builder.Property<uint>("RowVersion").HasColumnName("xmin").IsRowVersion();
        builder.HasIndex(plan => plan.Number).IsUnique();
        builder.HasIndex(plan => plan.State);
        builder.HasOne(plan => plan.App).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(plan => plan.ApiVersion).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(plan => plan.Release).WithMany(release => release.Plans).OnDelete(DeleteBehavior.Restrict);
    }
}
