using AvaConsole.Core.Images.Recipes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class StoredRecipeConfiguration : IEntityTypeConfiguration<StoredRecipe>
{
    public void Configure(EntityTypeBuilder<StoredRecipe> builder)
    {
        builder.ToTable("image_recipes");
        builder.Property(recipe => recipe.Name).HasMaxLength(255);
        builder.Property(recipe => recipe.Latest).IsConcurrencyToken();
        builder.HasIndex(recipe => recipe.Name).IsUnique();
    }
}

internal sealed class StoredRecipeVersionConfiguration : IEntityTypeConfiguration<StoredRecipeVersion>
{
    public void Configure(EntityTypeBuilder<StoredRecipeVersion> builder)
    {
        builder.ToTable("image_recipe_versions");
        // text, not jsonb: it is compared and hashed as it was written.
        builder.Property(version => version.Document).HasColumnType("text");
        builder.HasIndex(version => new { version.RecipeId, version.Number }).IsUnique();
        builder.HasOne(version => version.Recipe).WithMany(recipe => recipe.Versions).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ImageBuildConfiguration : IEntityTypeConfiguration<ImageBuild>
{
    public void Configure(EntityTypeBuilder<ImageBuild> builder)
    {
        builder.ToTable("image_builds");
        builder.HasOne(build => build.Version).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(build => build.VersionId);
    }
}
