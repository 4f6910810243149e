using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class StoredStepConfiguration : IEntityTypeConfiguration<StoredStep>
{
    public void Configure(EntityTypeBuilder<StoredStep> builder)
    {
        builder.ToTable("draft_steps");
        builder.HasKey(step => new { step.ApiId, step.Number });
        builder.HasOne<Api>().WithMany().HasForeignKey(step => step.ApiId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class StoredPresenceConfiguration : IEntityTypeConfiguration<StoredPresence>
{
    public void Configure(EntityTypeBuilder<StoredPresence> builder)
    {
        builder.ToTable("draft_presences");
        builder.Property(presence => presence.Id).ValueGeneratedNever();
        builder.HasIndex(presence => presence.ApiId);
        builder.HasOne<Api>().WithMany().HasForeignKey(presence => presence.ApiId).OnDelete(DeleteBehavior.Cascade);
    }
}
