using System.Globalization;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Folders;

/// <summary>A model that lies in a folder.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Version">As its folder says it; <c>1</c> where there are no versions.</param>
/// <param name="ModelPath">The <c>model.onnx</c>; may be missing by now.</param>
internal sealed record FoundModel(string Name, string Version, string ModelPath)
{
    /// <summary>The file of class names beside the model or above its version; null for none.</summary>
    public string? FindLabels() => new[] { Path.GetDirectoryName(ModelPath)!, Path.GetDirectoryName(Path.GetDirectoryName(ModelPath))! }
        .Take(Version == FolderScan.OnlyVersion && Path.GetFileName(Path.GetDirectoryName(ModelPath)) != Version ? 1 : 2)
        .SelectMany(folder => LabelFile.Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}

/// <summary>
/// Finds models: <c>NAME/model.onnx</c>, or <c>NAME/3/model.onnx</c> as Triton lays them out, where a version is a number that does not begin with 0.
/// </summary>
internal static class FolderScan
{
    public const string OnlyVersion = "1";

    /// <summary>By name, then by version, the highest last.</summary>
    public static IReadOnlyList<FoundModel> Run(string root)
    {
        var own = Path.Combine(root, PackageContent.ModelFileName);
        return File.Exists(own)
            ? [new FoundModel(Path.GetFileName(Path.GetFullPath(root).TrimEnd(Path.DirectorySeparatorChar)), OnlyVersion, own)]
            : [.. Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).SelectMany(InFolder)];
    }

    private static IEnumerable<FoundModel> InFolder(string folder)
    {
        var name = Path.GetFileName(folder);
        var own = Path.Combine(folder, PackageContent.ModelFileName);
        if (File.Exists(own))
        {
            return [new FoundModel(name, OnlyVersion, own)];
        }

        return Directory.EnumerateDirectories(folder)
            .Where(version => IsVersion(Path.GetFileName(version)))
            .OrderBy(version => long.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
            .Select(version => new FoundModel(name, Path.GetFileName(version), Path.Combine(version, PackageContent.ModelFileName)));
    }

    private static bool IsVersion(string name) => name.Length is > 0 and <= 18 && name[0] != '0' && name.All(char.IsAsciiDigit);
}
