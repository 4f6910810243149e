using System.Globalization;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>Addresses of the recipes' pages.</summary>
public static class RecipeUrls
{
    public const string New = ImageUrls.RecipesPath + "/new";
    public const string Scratch = "scratch";
    public const string Dockerfile = "dockerfile";

    public static string List(string? search = null) => QueryText.Append(ImageUrls.RecipesPath, ("q", search));

    /// <param name="tab"><c>dockerfile</c>, <c>versions</c> or <c>builds</c>.</param>
    /// <param name="version">Null for the latest.</param>
    /// <param name="compare">A version to compare it with.</param>
    public static string Details(Guid id, string? tab = null, int? version = null, int? compare = null, Guid? build = null) =>
        QueryText.Append(ImageUrls.Recipe(id), ("tab", tab), ("version", Text(version)), ("compare", Text(compare)), ("build", build?.ToString()));

    public static string Edit(Guid id, string? step = null) => QueryText.Append($"{ImageUrls.Recipe(id)}/edit", ("step", step));

    /// <summary>A new recipe from nothing (<see cref="Scratch"/>) or a Dockerfile (<see cref="Dockerfile"/>).</summary>
    public static string Start(string start) => QueryText.Append(New, ("start", start));

    /// <summary>A new recipe on a base image.</summary>
    public static string OnBase(string reference) => QueryText.Append(New, ("base", reference));

    /// <summary>A new recipe that begins as a copy.</summary>
    public static string CopyOf(Guid recipe) => QueryText.Append(New, ("from", recipe.ToString()));

    /// <summary>A stored version's files; see <c>RecipeEndpoints</c>.</summary>
    /// <param name="file"><c>Dockerfile</c> or <c>recipe.yml</c>.</param>
    public static string Download(Guid id, int version, string file) => string.Create(CultureInfo.InvariantCulture, $"/api/images/recipes/{id}/{version}/{file}");

    public static string Log(Guid build) => $"/api/images/builds/{build}/log";

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
