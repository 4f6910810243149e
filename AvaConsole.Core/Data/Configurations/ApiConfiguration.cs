using AvaConsole.Core.Schemas;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class ApiConfiguration : IEntityTypeConfiguration<Api>
{
    public void Configure(EntityTypeBuilder<Api> builder)
    {
        builder.ToTable("apis");
        builder.Property(api => api.Draft).IsJson();
        builder.Property(api => api.DraftRevision).IsConcurrencyToken();
        builder.HasIndex(api => api.Name).IsUnique();
    }
}
