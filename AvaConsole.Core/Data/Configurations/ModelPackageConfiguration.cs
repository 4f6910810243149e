using AvaConsole.Core.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class ModelPackageConfiguration : IEntityTypeConfiguration<ModelPackage>
{
    public void Configure(EntityTypeBuilder<ModelPackage> builder)
    {
        builder.ToTable("model_packages");
        builder.Property(package => package.Sha256).HasMaxLength(64).IsFixedLength();
        builder.Property(package => package.Inspection).IsJson();
        builder.HasIndex(package => package.Sha256).IsUnique();
    }
}
