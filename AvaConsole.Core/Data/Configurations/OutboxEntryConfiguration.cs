using AvaConsole.Core.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class OutboxEntryConfiguration : IEntityTypeConfiguration<OutboxEntry>
{
    public void Configure(EntityTypeBuilder<OutboxEntry> builder)
    {
        builder.ToTable("outbox_entries");
        builder.HasKey(entry => entry.PlanId);
        builder.HasOne<ChangePlan>().WithOne().HasForeignKey<OutboxEntry>(entry => entry.PlanId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(entry => entry.CreatedAt).HasFilter("done_at IS NULL");
    }
}
