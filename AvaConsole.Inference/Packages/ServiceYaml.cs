using System.Text;
using AvaConsole.Core.Common;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AvaConsole.Inference.Packages;

/// <summary>
/// Reads <c>service.yaml</c>. Plain mappings, lists and values only: no tags (they name types), no anchors (a few lines of them unfold to
/// gigabytes), one document, 64 KiB.
/// </summary>
internal static class ServiceYaml
{
    public const string FileName = "service.yaml";
    public const int MaxBytes = 64 << 10;
    private const int MaxDepth = 8;

    public static Result<ServiceDescription> Read(string path)
    {
        var file = new FileInfo(path);
        if (file.Length > MaxBytes)
        {
            return new InvalidError(FileName, "package.service_yaml_too_large", MaxBytes >> 10);
        }

        return Parse(File.ReadAllText(path, Encoding.UTF8));
    }

    public static Result<ServiceDescription> Parse(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            return new InvalidError(FileName, "package.service_yaml_too_large", MaxBytes >> 10);
        }

        try
        {
            if (FindForbidden(text) is { } line)
            {
                return new InvalidError(FileName, "package.service_yaml_not_plain", line);
            }

            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is not [{ RootNode: YamlMappingNode root }])
            {
                return new InvalidError(FileName, "package.service_yaml_syntax", 1);
            }

            var reader = new ServiceReader(FileName);
            var description = ServiceTables.Root.Read(ServiceNode.Of(root), "", reader);
            return description is ServiceDescription read ? read : new InvalidError(reader.Problems);
        }
        catch (YamlException exception)
        {
            return new InvalidError(FileName, "package.service_yaml_syntax", exception.Start.Line);
        }
    }

    /// <summary>The line of the first tag, anchor or alias, or where the nesting goes too deep.</summary>
    private static long? FindForbidden(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth || parser.Current is AnchorAlias || parser.Current is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
            {
                return parser.Current.Start.Line;
            }
        }

        return null;
    }
}
