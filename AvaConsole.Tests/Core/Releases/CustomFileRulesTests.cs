using AvaConsole.Core.Releases;

namespace AvaConsole.Tests.Core.Releases;

public sealed class CustomFileRulesTests
{
    [Theory]
    [InlineData("labels.txt", true)]
    [InlineData("标签.csv", true)]
    [InlineData("my labels", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("../labels.txt", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\nb", false)]
    [InlineData(" a", false)]
    [InlineData("txt.\u202Eslebal", false)]
    [InlineData("model.onnx", false)]
    [InlineData("Service.YAML", false)]
    public void IsName_OneVisibleSegment_Only(string name, bool valid) => Assert.Equal(valid, CustomFileRules.IsName(name));

    [Fact]
    public void IsName_LongerThanAFileSystemTakes_IsRefused()
    {
        Assert.True(CustomFileRules.IsName(new string('a', CustomFileRules.MaxName)));
        Assert.False(CustomFileRules.IsName(new string('a', CustomFileRules.MaxName + 1)));
        Assert.False(CustomFileRules.IsName(new string('标', 100)));
    }

    [Theory]
    [InlineData("https://files.example/labels.txt?token=1", true)]
    [InlineData("http://files.example:8080/x", true)]
    [InlineData("ftp://files.example/x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://user:word@files.example/x", false)]
    [InlineData("/x", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryParseUrl_HttpWithoutPassword_Only(string? url, bool valid) => Assert.Equal(valid, CustomFileRules.TryParseUrl(url, out _));
}
