namespace AvaConsole.Web.Features.Images;

/// <summary>Addresses of the pages about images.</summary>
public static class ImageUrls
{
    public const string Catalogue = "/images";
    public const string RegistriesPath = Catalogue + "/registries";
    public const string NewRegistry = RegistriesPath + "/new";
    public const string RecipesPath = Catalogue + "/recipes";
    public const string ComparePath = Catalogue + "/compare";
    private const string ImagePath = Catalogue + "/of";

    public static string Registries() => RegistriesPath;

    public static string Registry(Guid id) => $"{RegistriesPath}/{id}";

    /// <summary>A repository of a registry, for example <c>/images/of/reg.example%3A5000/vision/ava-keras</c>.</summary>
    /// <param name="host">As in image references, with its port where it has one.</param>
    /// <param name="path">The repository within it; its slashes divide the address, too.</param>
    /// <param name="tag">The tag that is opened; null for none.</param>
    public static string Image(string host, string path, string? tag = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return QueryText.Append($"{ImagePath}/{Uri.EscapeDataString(host)}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}", ("tag", tag));
    }

    /// <summary>Two images by their references; null where one is still to be chosen.</summary>
    public static string Compare(string? a, string? b) => QueryText.Append(ComparePath, ("a", a), ("b", b));

    public static string Recipes() => RecipesPath;

    public static string Recipe(Guid id) => $"{RecipesPath}/{id}";
}
