namespace AvaConsole.Web.Features.Images.Names;

/// <summary>Addresses of the wizard for image names.</summary>
public static class ImageNameUrls
{
    public const string Path = "/images/names";

    /// <param name="name">To begin with.</param>
    public static string For(string? name = null) => QueryText.Append(Path, ("name", name));
}
