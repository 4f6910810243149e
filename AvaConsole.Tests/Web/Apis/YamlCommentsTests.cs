using AvaConsole.Web.Features.Apis.Code;

namespace AvaConsole.Tests.Web.Apis;

public sealed class YamlCommentsTests
{
    [Theory]
    [InlineData("# first\na: 1", true)]
    [InlineData("a: 1 # why", true)]
    [InlineData("a: 1\nb: [1,\n# within\n2]", true)]
    [InlineData("a: 1", false)]
    [InlineData("a: \"# no comment\"\nb: x#y", false)]
    [InlineData("a: |\n  # text\nb: 1", false)]
    [InlineData("a: \"open # no end", false)]
    public void AreIn_Text_TellsCommentsFromTexts(string text, bool expected) => Assert.Equal(expected, YamlComments.AreIn(text));
}
