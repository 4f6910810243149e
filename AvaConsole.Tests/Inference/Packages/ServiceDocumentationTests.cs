using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Packages;

public sealed class ServiceDocumentationTests
{
    [Theory]
    [InlineData("service-yaml.md")]
    [InlineData("service-yaml.zh-Hans.md")]
    public void Documentation_EachMember_IsExplained(string file)
    {
        var text = File.ReadAllText(RepositoryRoot.Combine("docs", file));

        var missing = ServiceTables.All
            .SelectMany(section => section.Members.Select(member => $"`{member.Name}`"))
            .Distinct()
            .Where(name => !text.Contains(name, StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("service-yaml.md")]
    [InlineData("service-yaml.zh-Hans.md")]
    public void Documentation_EachExample_IsValid(string file)
    {
        var parts = File.ReadAllText(RepositoryRoot.Combine("docs", file)).Split("```yaml\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToList();

        Assert.True(parts.Count >= 7, "Every kind of input and result has an example.");
        Assert.All(parts, yaml => Assert.Null(ServiceYaml.Parse(yaml).Error));
    }
}
