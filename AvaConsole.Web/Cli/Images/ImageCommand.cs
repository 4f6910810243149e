using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Images;

/// <summary><c>asectl image …</c>: images in a registry, and the recipes and Dockerfiles of custom ones. No container engine is needed.</summary>
internal sealed class ImageCommand : Noun
{
    public ImageCommand()
        : base("image", "ImageDescription")
    {
        Add(new TagsVerb());
        Add(new InspectVerb());
        Add(new RegistriesVerb());
        Add(new RefreshVerb());
        Add(new DockerfileVerb());
        Add(new ImageLintVerb());
    }
}
