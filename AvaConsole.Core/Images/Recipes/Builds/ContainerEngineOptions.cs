using System.ComponentModel.DataAnnotations;

namespace AvaConsole.Core.Images.Recipes.Builds;

/// <summary>The program that builds images for this console.</summary>
public sealed class ContainerEngineOptions
{
    public const string Section = "ContainerEngine";

    /// <summary>Name or path of <c>docker</c>, <c>podman</c> or <c>buildah</c>, or of a program that takes the same words. Default empty: this console builds nothing.</summary>
    public string Executable { get; set; } = "";

    /// <summary>Seconds that one build may take, push included. Default 3600; must be 1–86400.</summary>
    [Range(1, 86_400)]
    public int TimeoutSeconds { get; set; } = 3_600;
}
