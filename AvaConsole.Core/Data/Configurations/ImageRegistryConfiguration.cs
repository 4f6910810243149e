using AvaConsole.Core.Images.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class ImageRegistryConfiguration : IEntityTypeConfiguration<ImageRegistry>
{
    public void Configure(EntityTypeBuilder<ImageRegistry> builder)
    {
        builder.ToTable("image_registries");
        builder.Property(registry => registry.Name).HasMaxLength(128);
        builder.Property(registry => registry.Address).HasMaxLength(512);
        builder.Property(registry => registry.Host).HasMaxLength(255);
        builder.Property(registry => registry.Refresh).IsJson();
        builder.Property(registry => registry.Revision).IsConcurrencyToken();
        builder.HasIndex(registry => registry.Name).IsUnique();
        builder.HasIndex(registry => registry.Address).IsUnique();
    }
}

internal sealed class IndexedRepositoryConfiguration : IEntityTypeConfiguration<IndexedRepository>
{
    public void Configure(EntityTypeBuilder<IndexedRepository> builder)
    {
        builder.ToTable("image_repositories");
        builder.Property(repository => repository.Path).HasMaxLength(255);
        builder.HasIndex(repository => new { repository.RegistryId, repository.Path }).IsUnique();
        builder.HasOne(repository => repository.Registry).WithMany(registry => registry.Indexed).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class IndexedTagConfiguration : IEntityTypeConfiguration<IndexedTag>
{
    public void Configure(EntityTypeBuilder<IndexedTag> builder)
    {
        builder.ToTable("image_tags");
        builder.Property(tag => tag.Name).HasMaxLength(128);
        builder.Property(tag => tag.Digest).HasMaxLength(140);
        builder.Property(tag => tag.PreviousDigest).HasMaxLength(140);
        builder.HasIndex(tag => new { tag.RepositoryId, tag.Name }).IsUnique();
        builder.HasIndex(tag => tag.Digest);
        builder.HasOne(tag => tag.Repository).WithMany(repository => repository.Tags).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class IndexedImageConfiguration : IEntityTypeConfiguration<IndexedImage>
{
    public void Configure(EntityTypeBuilder<IndexedImage> builder)
    {
        builder.ToTable("images");
        builder.HasKey(image => image.Digest);
        builder.Property(image => image.Digest).HasMaxLength(140);
        builder.Property(image => image.Platforms).IsJson();
    }
}
