using AvaConsole.Core.Deployments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class HostFiguresConfiguration : IEntityTypeConfiguration<HostFigures>
{
    public void Configure(EntityTypeBuilder<HostFigures> builder)
    {
        builder.ToTable("host_figures");
        // By time first: charts and the deletion of what is old ask for times.
        builder.HasKey(row => new { row.At, row.Host });
        builder.Property(row => row.Models).IsJson();
    }
}
