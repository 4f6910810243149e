namespace AvaConsole.Core.Images.Recipes;

/// <summary>Labels that follow from a recipe, by the OCI image specification's annotation keys. They are written, and not kept.</summary>
public static class RecipeLabels
{
    public const string Title = "org.opencontainers.image.title";
    public const string BaseName = "org.opencontainers.image.base.name";
    public const string BaseDigest = "org.opencontainers.image.base.digest";

    /// <summary>The labels of the recipe's name and base, in the order of their keys.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(ImageRecipe recipe)
    {
        if (ImageReference.TryParse(recipe.Base, out var reference))
        {
            if (reference.Digest.Length > 0)
            {
                yield return KeyValuePair.Create(BaseDigest, reference.Digest);
            }

            yield return KeyValuePair.Create(BaseName, (reference with { Digest = "" }).ToString());
        }

        if (recipe.Name.Length > 0)
        {
            yield return KeyValuePair.Create(Title, recipe.Name);
        }
    }

    public static bool Follows(string label) => label is Title or BaseName or BaseDigest;
}
