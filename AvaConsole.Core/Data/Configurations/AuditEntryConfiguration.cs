using AvaConsole.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

/// <summary>A trigger in the migrations refuses updates and deletes of this table.</summary>
internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.Property(entry => entry.Id).UseSerialColumn();
        // json, not jsonb: the members stay in the order in which they were written.
        builder.Property(entry => entry.Before).HasColumnType("json");
        builder.Property(entry => entry.After).HasColumnType("json");
        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => new { entry.SubjectType, entry.SubjectId });
    }
}
