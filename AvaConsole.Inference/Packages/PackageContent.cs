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

    /// <summary>The model's path: in the package's root, or the one nearest to it.</summary>
    public static Result<string> FindModel(string folder)
    {
        var model = Directory.EnumerateFiles(folder, ModelFileName, SearchOption.AllDirectories)
            .OrderBy(path => path.Count(c => c == Path.DirectorySeparatorChar))
            .ThenBy(path => path, StringComparer.Ordinal)
            .FirstOrDefault();
        return model is null ? new InvalidError("", "package.no_model", ModelFileName) : model;
    }

    /// <summary>Reads the folder that the model is in.</summary>
    /// <param name="folder">The unpacked package.</param>
    /// <param name="labels">A file that takes the place of the package's own labels; null for none.</param>
    public static Result<PackageContent> Read(string folder, string? labels = null)
    {
        var model = FindModel(folder);
        if (!model.IsSuccess)
        {
            return model.Error;
        }

        var root = Path.GetDirectoryName(model.Value)!;
        var yaml = Path.Combine(root, ServiceYaml.FileName);
        var hasDescription = File.Exists(yaml);
        var description = hasDescription ? ServiceYaml.Read(yaml) : new ServiceDescription();
        if (!description.IsSuccess)
        {
            return description.Error;
        }

        var names = labels is null ? ReadLabels(root, description.Value.Labels) : LabelFile.Read(labels);
        return names.IsSuccess ? new PackageContent(model.Value, description.Value, hasDescription, names.Value) : names.Error;
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
