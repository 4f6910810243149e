using System.Globalization;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Folders;

/// <summary>A model, or an ensemble's models, that lie in a folder.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Version">As its folder says it; <c>1</c> where there are no versions.</param>
/// <param name="Folder">Where its files lie; they may be gone by now.</param>
/// <param name="Above">The folder of its versions, where what is theirs together may lie; null where there are none.</param>
internal sealed record FoundModel(string Name, string Version, string Folder, string? Above = null);

/// <summary>
/// Finds models: <c>NAME/model.onnx</c>, or <c>NAME/3/model.onnx</c> as Triton lays them out, where a version is a number that does not begin
/// with 0. An ensemble has a <c>service.yaml</c> instead of a model of that name.
/// </summary>
internal static class FolderScan
{
    private const string OnlyVersion = "1";

    /// <summary>By name, then by version, the highest last.</summary>
    public static IReadOnlyList<FoundModel> Run(string root) => HasModel(root)
        ? [new FoundModel(Path.GetFileName(Path.GetFullPath(root).TrimEnd(Path.DirectorySeparatorChar)), OnlyVersion, root)]
        : [.. Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).SelectMany(InFolder)];

    private static IEnumerable<FoundModel> InFolder(string folder)
    {
        var name = Path.GetFileName(folder);
        if (HasModel(folder))
        {
            return [new FoundModel(name, OnlyVersion, folder)];
        }

        var versions = Directory.EnumerateDirectories(folder)
            .Where(version => IsVersion(Path.GetFileName(version)))
            .OrderBy(version => long.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
            .Select(version => new FoundModel(name, Path.GetFileName(version), version, folder))
            .ToList();

        // Beside versions a service.yaml describes them.
        return versions.Count == 0 && File.Exists(Path.Combine(folder, ServiceYaml.FileName)) ? [new FoundModel(name, OnlyVersion, folder)] : versions;
    }

    private static bool HasModel(string folder) => File.Exists(Path.Combine(folder, PackageContent.ModelFileName));

    private static bool IsVersion(string name) => name.Length is > 0 and <= 18 && name[0] != '0' && name.All(char.IsAsciiDigit);
}
