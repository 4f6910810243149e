using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AvaConsole.Tests.Architecture;

public sealed partial class ResourceTests
{
    private const string Chinese = ".zh-Hans.resx";

    // Files, and two codes of the upload's HTTP answers, which carry their own texts.
    private static readonly string[] s_notTexts = ["model.onnx", "package.tar", "schema.json", "request.json", "recipe.yml", "package.upload_interrupted", "package.upload_not_ours", "example.com"];

    public static TheoryData<string> Resources => [.. Directory
        .EnumerateFiles(Path.Combine(RepositoryFiles.Web, "Resources"), "*.resx")
        .Where(path => !path.EndsWith(Chinese, StringComparison.Ordinal))
        .Select(path => Path.GetFileNameWithoutExtension(path))];

    public static TheoryData<string> Pages => [.. RepositoryFiles
        .Under(RepositoryFiles.Web, "*.razor")
        .Select(path => Path.GetRelativePath(RepositoryFiles.Web, path))];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Resource_BothLanguages_HaveTheSameKeysAndPlaceholders(string name)
    {
        var english = Read(name, ".resx");
        var chinese = Read(name, Chinese);

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), chinese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, text => Assert.Equal(Placeholders(text.Value), Placeholders(chinese[text.Key])));
        Assert.All(english.Concat(chinese), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void Resource_MarkerClass_Exists(string name) =>
        Assert.NotNull(typeof(AvaConsole.Web.Resources.SharedText).Assembly.GetType($"AvaConsole.Web.Resources.{name}"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Markup_HasNoTextOfItsOwn(string page)
    {
        var markup = File.ReadAllText(Path.Combine(RepositoryFiles.Web, page));

        Assert.Empty(RazorText.Find(markup));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_LocalisedKeys_Exist(string page)
    {
        var path = Path.Combine(RepositoryFiles.Web, page);
        var source = File.ReadAllText(path) + (File.Exists(path + ".cs") ? File.ReadAllText(path + ".cs") : "");
        var localizers = LocalizerDeclaration().Matches(source).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["type"].Value);

        var missing = KeyUse().Matches(source)
            .Where(use => localizers.ContainsKey(use.Groups["name"].Value))
            .Select(use => (Resource: localizers[use.Groups["name"].Value], Key: use.Groups["key"].Value))
            .Where(use => !Read(use.Resource, ".resx").ContainsKey(use.Key));

        Assert.Empty(missing);
    }

    [Fact]
    public void Code_OfErrorOrAuditAction_HasAText()
    {
        var errors = Read("ErrorText", ".resx").Keys;
        var areas = errors.Where(key => key.Contains('.', StringComparison.Ordinal)).Select(key => key.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var known = errors.Concat(Read("AuditText", ".resx").Keys).Concat(s_notTexts).ToHashSet(StringComparer.Ordinal);

        var missing = ((string[])["AvaConsole.Core", "AvaConsole.Inference", "AvaConsole.Web"])
            .SelectMany(project => RepositoryFiles.Under(Path.Combine(RepositoryFiles.Root, project), "*.cs"))
            .SelectMany(path => Code().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
            .Where(code => areas.Contains(code.Split('.')[0]) && !known.Contains(code));

        Assert.Empty(missing.Distinct());
    }

    private static Dictionary<string, string> Read(string name, string extension) => XDocument
        .Load(Path.Combine(RepositoryFiles.Web, "Resources", name + extension))
        .Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static List<string> Placeholders(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"([a-z_]+\\.[a-z][a-z0-9_]*)\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"IStringLocalizer<(?<type>\w+)>\s+(?<name>\w+)")]
    private static partial Regex LocalizerDeclaration();

    [GeneratedRegex("\\b(?<name>\\w+)\\[\"(?<key>[^\"]+)\"(?=[\\],])")]
    private static partial Regex KeyUse();
}
