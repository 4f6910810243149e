using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Pipelines.Ensembles;

public sealed class EnsembleDocumentationTests
{
    [Theory]
    [InlineData("ensembles.md")]
    [InlineData("ensembles.zh-Hans.md")]
    public void Documentation_EachExample_IsValid(string file)
    {
        var text = File.ReadAllText(RepositoryRoot.Combine("docs", file));
        var examples = text.Split("```yaml\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToList();

        Assert.Equal(2, examples.Count);
        Assert.All(examples, yaml =>
        {
            var description = ServiceYaml.Parse(yaml);
            Assert.True(description.IsSuccess, $"{description.Error}");
            Assert.NotNull(description.Value.Ensemble);
        });
    }
}
