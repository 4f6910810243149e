using AvaConsole.Core.Common;

namespace AvaConsole.Inference.Packages;

/// <summary>What an unpacked model package holds, before its model is loaded.</summary>
/// <param name="ModelPath">The model's file; of an ensemble the first of them.</param>
/// <param name="Description">From <c>service.yaml</c>; empty where there is none.</param>
/// <param name="HasDescription">There is a <c>service.yaml</c>.</param>
/// <param name="Labels">Class names in index order; empty for none.</param>
internal sealed record PackageContent(string ModelPath, ServiceDescription Description, bool HasDescription, IReadOnlyList<string> Labels)
{
    public const string ModelFileName = "model.onnx";

    private static readonly string[] s_chineseNames = ["labels_cn.txt", "labels_cn.csv"];

    /// <summary>The folder that the model, its description and what they name are in.</summary>
    public string Root => Path.GetDirectoryName(ModelPath)!;

    /// <summary>AVA's <c>label_cn</c>: the same classes in Chinese, from <c>labels_cn.txt</c> or <c>labels_cn.csv</c>; empty for none.</summary>
    public IReadOnlyList<string> ChineseLabels { get; init; } = [];

    /// <summary>Files that a release puts before those of the package, by their names; null for none.</summary>
    public string? CustomFolder { get; init; }

    /// <summary>The folder of the model: the package's root, or the one nearest to it. Of an ensemble without a model of that name, the folder of its description.</summary>
    public static Result<string> FindRoot(string folder)
    {
        var found = FindNearest(folder, ModelFileName) ?? FindNearest(folder, ServiceYaml.FileName);
        return found is null ? new InvalidError("", "package.no_model", ModelFileName) : Path.GetDirectoryName(found)!;
    }

    /// <summary>The paths of all models: one, or those of an ensemble.</summary>
    public static Result<IReadOnlyList<string>> FindModels(string folder)
    {
        var described = Describe(folder);
        return described.IsSuccess ? described.Value.Models.ToArray() : described.Error;
    }

    /// <summary>Reads the folder that the model is in.</summary>
    /// <param name="folder">The unpacked package.</param>
    /// <param name="labels">A file that takes the place of the package's own labels; null for none.</param>
    public static Result<PackageContent> Read(string folder, string? labels = null) => Read(Describe(folder), labels);

    /// <summary>The same with another <c>service.yaml</c> than the folder's.</summary>
    /// <param name="serviceYaml">The file's text; empty for none.</param>
    public static Result<PackageContent> ReadWith(string folder, string serviceYaml) =>
        Read(Describe(folder, _ => string.IsNullOrWhiteSpace(serviceYaml) ? null : ServiceYaml.Parse(serviceYaml)), null);

    private static Result<PackageContent> Read(Result<Described> described, string? labels)
    {
        if (!described.IsSuccess)
        {
            return described.Error;
        }

        var (models, description) = described.Value;
        var root = Path.GetDirectoryName(models[0])!;
        var names = labels is null ? ReadLabels(root, description?.Labels) : LabelFile.Read(labels);
        var chinese = ReadFirst(root, s_chineseNames);
        if (!names.IsSuccess || !chinese.IsSuccess)
        {
            return names.Error ?? chinese.Error!;
        }

        return chinese.Value.Count == 0 || chinese.Value.Count == names.Value.Count
            ? new PackageContent(models[0], description ?? new ServiceDescription(), description is not null, names.Value) { ChineseLabels = chinese.Value }
            : new InvalidError("", "package.labels_cn_count", chinese.Value.Count, names.Value.Count);
    }

    private static Result<Described> Describe(string folder) => Describe(folder, root =>
    {
        var path = Path.Combine(root, ServiceYaml.FileName);
        return File.Exists(path) ? ServiceYaml.Read(path) : null;
    });

    private static Result<Described> Describe(string folder, Func<string, Result<ServiceDescription>?> read)
    {
        var root = FindRoot(folder);
        if (!root.IsSuccess)
        {
            return root.Error;
        }

        var description = read(root.Value);
        if (description is { IsSuccess: false })
        {
            return description.Error!;
        }

        var ensemble = description?.Value?.Ensemble;
        var files = ensemble?.Models.Values.Select(model => model.File).Distinct().ToList() ?? [ModelFileName];
        var missing = files.Find(file => !File.Exists(Path.Combine(root.Value, file)));
        return missing is null
            ? new Described(files.ConvertAll(file => Path.Combine(root.Value, file)), description?.Value)
            : new InvalidError("", ensemble is null ? "package.no_model" : "package.ensemble_file_missing", missing);
    }

    /// <summary>A file of this name holds a model's class names, whether the description says so or its name does.</summary>
    /// <param name="root">See <see cref="Root"/>.</param>
    public static bool AreLabels(string root, string name)
    {
        if (LabelFile.Names.Contains(name))
        {
            return true;
        }

        var yaml = Path.Combine(root, ServiceYaml.FileName);
        return File.Exists(yaml)
            && ServiceYaml.Read(yaml).Value is { } description
            && (description.Labels == name || description.Ensemble?.Models.Values.Any(model => model.Description.Labels == name) == true);
    }

    /// <param name="Description">Null where the package has none.</param>
    private sealed record Described(IReadOnlyList<string> Models, ServiceDescription? Description);

    private static string? FindNearest(string folder, string name) => Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories)
        .OrderBy(path => path.Count(c => c == Path.DirectorySeparatorChar))
        .ThenBy(path => path, StringComparer.Ordinal)
        .FirstOrDefault();

    private static Result<IReadOnlyList<string>> ReadLabels(string root, string? named)
    {
        if (named is not null)
        {
            return File.Exists(Path.Combine(root, named))
                ? LabelFile.Read(Path.Combine(root, named))
                : new InvalidError(ServiceYaml.FileName + ":labels", "package.labels_missing", named);
        }

        return ReadFirst(root, LabelFile.Names);
    }

    private static Result<IReadOnlyList<string>> ReadFirst(string root, IEnumerable<string> files)
    {
        var found = files.Select(name => Path.Combine(root, name)).FirstOrDefault(File.Exists);
        return found is null ? Array.Empty<string>() : LabelFile.Read(found);
    }
}
