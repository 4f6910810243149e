namespace AvaConsole.Core.Images;

/// <summary>AVA's public base images: all built on <see cref="System"/>, told apart by their tags, under one namespace of the registry.</summary>
public static class BaseImages
{
    /// <summary>Namespace of the registry in which they are.</summary>
    public const string Namespace = "ava-public";

    /// <summary>What all of them are built on.</summary>
    public const string System = "Ubuntu 16.04";

    private static readonly string[] s_pythons = ["2.7", "3.5"];
    private static readonly string[] s_cudas = ["8.0", "9.0", "9.1"];

    /// <summary>In the order of the document.</summary>
    public static IReadOnlyList<BaseImage> All { get; } =
    [
        new("ava-pure", [], HasSdk: false, HasJupyterLab: false, HasCpu: true, s_cudas, ""),
        WithSdk("ava-sdk", ""),
        WithSdk("ava-mxnet", "MXNet"),
        WithSdk("ava-caffe", "Caffe"),
        WithSdk("ava-tensorflow", "TensorFlow"),
        WithSdk("ava-pytorch", "PyTorch"),
    ];

    /// <summary>The base image that a reference names, whatever the registry; null for any other image.</summary>
    public static BaseImage? Find(ImageReference reference) =>
        reference.Repository == reference.Name || reference.Repository.EndsWith($"{Namespace}/{reference.Name}", StringComparison.Ordinal)
            ? All.FirstOrDefault(image => image.Name == reference.Name)
            : null;

    private static BaseImage WithSdk(string name, string framework) =>
        new(name, s_pythons, HasSdk: true, HasJupyterLab: true, HasCpu: true, s_cudas, framework);
}
