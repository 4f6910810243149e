using AvaConsole.Core.Common;

namespace AvaConsole.Inference.Packages;

/// <summary>What an unpacked model package holds, before its model is loaded.</summary>
/// <param name="ModelPath">The model's file.</param>
/// <param name="Description">From <c>service.yaml</c>; empty where there is none.</param>
/// <param name="HasDescription">There is a <c>service.yaml</c>.</param>
/// <param name="Labels">Class names in index order; empty for none.</param>
internal sealed record PackageContent(string ModelPath, ServiceDescription Description, bool HasDescription, IReadOnlyList<string> Labels)
{
    public const string ModelFileName = "model.onnx";

    /// <summary>Reads the folder with <c>model.onnx</c>: the package's root, or the one nearest to it.</summary>
    public static Result<PackageContent> Read(string folder)
    {
        var model = Directory.EnumerateFiles(folder, ModelFileName, SearchOption.AllDirectories)
            .OrderBy(path => path.Count(c => c == Path.DirectorySeparatorChar))
            .ThenBy(path => path, StringComparer.Ordinal)
            .FirstOrDefault();
        if (model is null)
        {
            return new InvalidError("", "package.no_model", ModelFileName);
        }

        var root = Path.GetDirectoryName(model)!;
        var yaml = Path.Combine(root, ServiceYaml.FileName);
        var hasDescription = File.Exists(yaml);
        var description = hasDescription ? ServiceYaml.Read(yaml) : new ServiceDescription();
        if (!description.IsSuccess)
        {
            return description.Error;
        }

        var labels = ReadLabels(root, description.Value.Labels);
        return labels.IsSuccess ? new PackageContent(model, description.Value, hasDescription, labels.Value) : labels.Error;
    }

    private static Result<IReadOnlyList<string>> ReadLabels(string root, string? named)
    {
        if (named is not null)
        {
            return File.Exists(Path.Combine(root, named))
                ? LabelFile.Read(Path.Combine(root, named))
                : new InvalidError(ServiceYaml.FileName + ":labels", "package.labels_missing", named);
        }

        var found = LabelFile.Names.Select(name => Path.Combine(root, name)).FirstOrDefault(File.Exists);
        return found is null ? Array.Empty<string>() : LabelFile.Read(found);
    }
}
