using AvaConsole.Core.Schemas;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class ApiVersionConfiguration : IEntityTypeConfiguration<ApiVersion>
{
    public void Configure(EntityTypeBuilder<ApiVersion> builder)
    {
        builder.ToTable("api_versions");
        builder.Property(version => version.Schema).IsJson();
        builder.HasIndex(version => new { version.ApiId, version.Version }).IsUnique();
        builder.HasOne(version => version.Api).WithMany(api => api.Versions).OnDelete(DeleteBehavior.Restrict);
    }
}
