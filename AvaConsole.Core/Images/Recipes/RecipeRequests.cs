namespace AvaConsole.Core.Images.Recipes;

/// <summary>What people say about a recipe besides what it makes.</summary>
/// <param name="Name">The image's own name: the last part of a repository.</param>
/// <param name="NameReason">Why the name is not of the recommended form (<see cref="Naming.ImageName"/>); needed only then.</param>
/// <param name="Description">At most <see cref="RecipeRules.MaxDescription"/> characters.</param>
/// <param name="IsTemplate">Offered as a beginning for new recipes.</param>
public sealed record RecipeRequest(string Name, string NameReason = "", string Description = "", bool IsTemplate = false);

/// <summary>A row of the list.</summary>
/// <param name="Base">Of the latest version; empty where a hand-written <c>FROM</c> is kept.</param>
/// <param name="UpdatedBy">Who saved the latest version.</param>
public sealed record RecipeSummary(
    Guid Id, string Name, string Description, bool IsTemplate, string Base, int Packages, int Latest, string UpdatedBy, DateTimeOffset UpdatedAt);

/// <summary>One version, read.</summary>
/// <param name="Stored">With its <see cref="StoredRecipeVersion.Recipe"/>.</param>
/// <param name="Recipe">As it was saved, with the name that the recipe had then.</param>
public sealed record RecipeVersion(StoredRecipeVersion Stored, ImageRecipe Recipe);

/// <summary>What changed between two versions of a recipe.</summary>
public sealed record RecipeComparison(RecipeVersion Before, RecipeVersion After, IReadOnlyList<RecipeChange> Changes)
{
    public string DockerfileBefore => DockerfileWriter.Write(Before.Recipe);

    public string DockerfileAfter => DockerfileWriter.Write(After.Recipe);
}
