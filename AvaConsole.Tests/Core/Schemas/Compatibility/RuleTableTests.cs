using System.Text.Json;
using System.Text.RegularExpressions;
using AvaConsole.Core.Schemas.Compatibility.Rules;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Core.Schemas.Compatibility;

public sealed class RuleTableTests
{
    [SharedDataFact("oasdiff/rules.json")]
    public void All_Rules_HaveTheIdsAndLevelsOfOasdiff()
    {
        using var published = JsonDocument.Parse(File.ReadAllText(SharedData.Combine("oasdiff", "rules.json")));
        var expected = published.RootElement.EnumerateArray().Select(rule => string.Join(' ', new[] { "id", "level", "direction" }.Select(name => rule.GetProperty(name).GetString())));
        var actual = RuleTable.All.Select(rule => $"{rule.Id} {rule.Level.ToString().ToUpperInvariant()} {rule.Direction}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_Sentences_AreWholeWithAndWithoutValues()
    {
        foreach (var rule in RuleTable.All)
        {
            foreach (var values in new[] { [], new[] { "name", "one", "two", "there", "30" } })
            {
                var (english, chinese) = (RuleSentence.Of(rule, values), RuleSentence.Of(rule, values, chinese: true));

                Assert.EndsWith(".", english, StringComparison.Ordinal);
                Assert.EndsWith("。", chinese, StringComparison.Ordinal);
                Assert.DoesNotMatch(new Regex(@"[\[\]{}]"), english + chinese);
            }
        }
    }

    [Fact]
    public void Of_ValuesMissing_LeavesTheirPartsOut()
    {
        var rule = RuleTable.Find("request-property-type-changed")!;

        Assert.Equal("The request property a has another type: string → integer (application/json).", RuleSentence.Of(rule, ["a", "string", "integer", "application/json"]));
        Assert.Equal("The request property a has another type.", RuleSentence.Of(rule, ["a"]));
    }
}
