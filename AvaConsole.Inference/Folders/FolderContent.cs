using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Folders;

/// <summary>Reads what lies beside a model, and what its versions share: <c>service.yaml</c> and class names above them.</summary>
internal static class FolderContent
{
    /// <returns>As of a package; errors <c>package.*</c>.</returns>
    public static Result<PackageContent> Read(FoundModel found)
    {
        var own = PackageContent.Read(found.Folder);
        if (!own.IsSuccess || found.Above is not { } above)
        {
            return own;
        }

        var content = own.Value;
        if (!content.HasDescription && Path.Combine(above, ServiceYaml.FileName) is var yaml && File.Exists(yaml))
        {
            var description = ServiceYaml.Read(yaml);
            if (!description.IsSuccess)
            {
                return description.Error;
            }

            content = content with { Description = description.Value, HasDescription = true };
        }

        return content.Labels.Count == 0 || content.Description.Labels is not null ? WithLabels(content, above) : content;
    }

    private static Result<PackageContent> WithLabels(PackageContent content, string above)
    {
        var named = content.Description.Labels;
        IReadOnlyList<string> names = named is null ? LabelFile.Names : [named];
        var file = new[] { content.Root, above }.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (file is null)
        {
            return named is null ? content : new InvalidError(ServiceYaml.FileName + ":labels", "package.labels_missing", named);
        }

        var labels = LabelFile.Read(file);
        return labels.IsSuccess ? content with { Labels = labels.Value } : labels.Error;
    }
}
