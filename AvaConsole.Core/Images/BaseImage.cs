using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Images;

/// <summary>One of AVA's public base images, as the platform's document has it: a row of its matrix.</summary>
/// <param name="Name">For example <c>ava-caffe</c>.</param>
/// <param name="Pythons">For example <c>2.7</c>; empty where the image has none.</param>
/// <param name="HasSdk">AVA's SDK is installed.</param>
/// <param name="HasJupyterLab">JupyterLab is installed.</param>
/// <param name="HasCpu">There are tags for the CPU.</param>
/// <param name="Cudas">For example <c>8.0</c>.</param>
/// <param name="Framework">As its makers write it, for example <c>MXNet</c>; empty for none.</param>
public sealed record BaseImage(
    string Name, IReadOnlyList<string> Pythons, bool HasSdk, bool HasJupyterLab, bool HasCpu, IReadOnlyList<string> Cudas, string Framework)
{
    /// <summary>All tags of the matrix, in their order. It does not list cuDNN, so neither do these; <see cref="Has"/> takes a tag with any.</summary>
    public IReadOnlyList<ImageTag> Tags { get; } =
    [
        .. from python in Pythons.DefaultIfEmpty("")
           from cuda in HasCpu ? Cudas.Prepend("") : Cudas
           select new ImageTag(python, cuda, ""),
    ];

    /// <summary>A workbench opens in JupyterLab, so only an image that has it can be one.</summary>
    public bool IsUsableInWorkbench => HasJupyterLab;

    /// <summary>Code of the text that says why a workbench can or cannot be started from it.</summary>
    public string WorkbenchReason => HasJupyterLab ? "base_image.workbench_usable" : "base_image.workbench_no_jupyterlab";

    /// <summary>True for a tag that the matrix has, with any version of cuDNN.</summary>
    public bool Has(ImageTag tag) => Tags.Contains(tag with { Cudnn = "" });
}
