using AvaConsole.Core.Schemas.Lint;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class ProjectLintConfiguration : IEntityTypeConfiguration<ProjectLint>
{
    public void Configure(EntityTypeBuilder<ProjectLint> builder)
    {
        builder.ToTable("lint_settings");
        builder.HasKey(lint => new { lint.Group, lint.Project });
        // GROUP is a word of SQL itself.
        builder.Property(lint => lint.Group).HasColumnName("group_name");
        builder.Property(lint => lint.Project).HasColumnName("project_name");
        builder.Property(lint => lint.Settings).IsJson();
        builder.Property<uint>("RowVersion").HasColumnName("xmin").IsRowVersion();
    }
}
