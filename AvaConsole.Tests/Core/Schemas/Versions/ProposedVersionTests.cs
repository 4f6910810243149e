using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Core.Schemas.Versions;

namespace AvaConsole.Tests.Core.Schemas.Versions;

public sealed class ProposedVersionTests
{
    [Theory]
    [InlineData("", "1.0.0", ChangeVerdict.Breaking, "1.0.0", false)]
    [InlineData("", "0.1.0", ChangeVerdict.Breaking, "1.0.0", false)]
    [InlineData("1.2.3", "2.0.0", ChangeVerdict.Breaking, "2.0.0", false)]
    [InlineData("1.2.3", "1.3.0", ChangeVerdict.Breaking, "2.0.0", true)]
    [InlineData("1.2.3", "1.3.0", ChangeVerdict.Safe, "1.3.0", false)]
    [InlineData("1.2.3", "1.2.4", ChangeVerdict.Safe, "1.3.0", true)]
    [InlineData("1.2.3", "1.2.4", null, "1.2.4", false)]
    [InlineData("1.2.3", "1.2.4", ChangeVerdict.Risky, "1.3.0", true)]
    [InlineData("0.2.3", "0.3.0", ChangeVerdict.Breaking, "0.3.0", false)]
    [InlineData("0.2.3", "0.2.4", ChangeVerdict.Breaking, "0.3.0", true)]
    [InlineData("0.2.3", "0.2.4", ChangeVerdict.Safe, "0.2.4", false)]
    [InlineData("1.0.0,2.0.0", "1.0.1", null, "1.0.1", false)]
    [InlineData("1.0.0,2.0.0", "2.0.1", ChangeVerdict.Breaking, "3.0.0", true)]
    [InlineData("1.0.0,2.0.0", "0.9.0", null, "2.0.1", true)]
    [InlineData("1.0.0,2.0.0-rc.1", "2.0.0-rc.2", ChangeVerdict.Breaking, "2.0.0", false)]
    [InlineData("1.0.0-rc.1", "1.0.0", ChangeVerdict.Breaking, "1.0.0", false)]
    [InlineData("10.0.0,9.0.0", "10.1.0", ChangeVerdict.Safe, "10.1.0", false)]
    [InlineData("1.0.0", "no number", ChangeVerdict.Breaking, "2.0.0", false)]
    public void For_ChangesSinceTheLastVersion_ProposesTheLeastNumber(string versions, string own, ChangeVerdict? verdict, string proposed, bool isSmaller)
    {
        var result = Propose(versions, own, verdict);

        Assert.Equal((proposed, isSmaller, false), (result.Number, result.IsSmaller, result.IsTaken));
    }

    [Fact]
    public void For_NumberOfAVersion_GoesOnFromThere()
    {
        var result = Propose("1.0.0,1.1.0", "1.1.0", ChangeVerdict.Safe);

        Assert.Equal(("1.2.0", true, "1.1.0"), (result.Number, result.IsTaken, result.Base?.Version));
        Assert.Equal("1.2.0", Propose("1.0.0,1.1.0", "1.0.0", ChangeVerdict.Safe).Number);
    }

    [Theory]
    [InlineData("1.0.0-alpha", "1.0.0-alpha.1")]
    [InlineData("1.0.0-alpha.1", "1.0.0-alpha.beta")]
    [InlineData("1.0.0-alpha.beta", "1.0.0-beta")]
    [InlineData("1.0.0-beta", "1.0.0-beta.2")]
    [InlineData("1.0.0-beta.2", "1.0.0-beta.11")]
    [InlineData("1.0.0-beta.11", "1.0.0-rc.1")]
    [InlineData("1.0.0-rc.1", "1.0.0")]
    [InlineData("1.9.0", "1.10.0")]
    [InlineData("99999999999999999999.0.0", "100000000000000000000.0.0")]
    public void CompareTo_Precedence_IsThatOfSemanticVersioning(string lower, string higher)
    {
        Assert.True(SemanticVersion.TryParse(lower, out var first) && SemanticVersion.TryParse(higher, out var second) && first < second && second > first);
        Assert.True(SemanticVersion.TryParse(lower + "+build.1", out var built) && built == first);
    }

    private static ProposedVersion Propose(string versions, string own, ChangeVerdict? verdict)
    {
        var known = versions.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => new ApiVersion { Version = number }).ToList();
        var change = new ApiChange("x", ChangeLevel.Info, "", "", "", []) { Text = "" };
        return ProposedVersion.For(
            new ApiSchema { Version = own }, known, (_, _) => new SemanticDiff(verdict is { } judged ? [new SemanticChange(change, judged, ChangeGroup.Request, "", null)] : []));
    }
}
