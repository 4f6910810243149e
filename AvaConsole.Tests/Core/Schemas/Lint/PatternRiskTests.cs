using AvaConsole.Core.Schemas.Lint;

namespace AvaConsole.Tests.Core.Schemas.Lint;

public sealed class PatternRiskTests
{
    [Theory]
    [InlineData("(a+)+")]
    [InlineData("^(a*)*$")]
    [InlineData(@"^(\w+\s?)*$")]
    [InlineData("(a|a)*")]
    [InlineData(@"(?:\w|\d)+b")]
    [InlineData("((ab?)+)*")]
    [InlineData("(.+,)*")]
    [InlineData("^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+$")]
    [InlineData("(?<word>[a-z]+)*!")]
    [InlineData("(a{1,50}){1,50}")]
    [InlineData("(x+x+)+y")]
    public void IsCatastrophic_AmbiguousRepetition_IsFound(string pattern) => Assert.True(PatternRisk.IsCatastrophic(pattern));

    [Theory]
    [InlineData("")]
    [InlineData("^[a-z]+$")]
    [InlineData("^([a-z]+,)*[a-z]+$")]
    [InlineData(@"^\d{4}-\d{2}-\d{2}$")]
    [InlineData("(ab+)+")]
    [InlineData("(a|b)*")]
    [InlineData(@"^(\d{2}){3}$")]
    [InlineData("^(foo|bar)+$")]
    [InlineData(@"[(]+[)]+\(\)*")]
    [InlineData("^(?!x)(?=y)[^]]*$")]
    [InlineData(@"^([A-Za-z0-9+/]{4})*$")]
    [InlineData(".*.*")]
    public void IsCatastrophic_OneWayToSplit_IsNot(string pattern) => Assert.False(PatternRisk.IsCatastrophic(pattern));

    [Fact]
    public void IsCatastrophic_DeeplyNested_EndsAndSaysSo() =>
        Assert.True(PatternRisk.IsCatastrophic(new string('(', 5000) + new string(')', 5000)));
}
