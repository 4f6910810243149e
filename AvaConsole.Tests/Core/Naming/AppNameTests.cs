using AvaConsole.Core.Naming;

namespace AvaConsole.Tests.Core.Naming;

public sealed class AppNameTests
{
    [Theory]
    [InlineData("dig", "app.command_invalid")]
    [InlineData("Digits", "app.command_invalid")]
    [InlineData("digits/x", "app.command_invalid")]
    [InlineData("digits\n", "app.command_invalid")]
    [InlineData("a23456789012345678901", "app.command_invalid")]
    [InlineData("default", "app.command_reserved")]
    [InlineData("ava-digits", "app.command_has_prefix")]
    [InlineData("comics", "app.command_taken")]
    [InlineData("comics-bg", "app.command_prefix_clash")]
    [InlineData("comi", "app.command_prefix_clash")]
    [InlineData("bg-comics", null)]
    [InlineData("digits", null)]
    public void Check_Command_SaysWhyNot(string command, string? code) => Assert.Equal(code, AppName.Check(command, ["comics"])?.Code);

    [Theory]
    [InlineData("comics-bg", "bg-comics")]
    [InlineData("comics-bg-red", "bg-red-comics")]
    [InlineData("comics", "new-comics")]
    [InlineData("comi", "new-comi")]
    [InlineData("comics-a-long-name01", "a-long-name01-comics")]
    public void Check_NameThatClashes_ProposesAFreeOne(string command, string expected) =>
        Assert.Equal(expected, AppName.Check(command, ["comics"])!.Args[^1]);

    [Theory]
    [InlineData("digits", "digits", "ava-digits")]
    [InlineData("ava-digits", "digits", "ava-digits")]
    public void TryParse_EitherName_IsTheSameApp(string text, string command, string instance)
    {
        Assert.True(AppName.TryParse(text, out var name));

        Assert.Equal((command, instance), (name.Command, name.Instance));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ava-")]
    [InlineData("ava-ava-digits")]
    [InlineData("Ava-digits")]
    public void TryParse_NeitherName_SaysNo(string? text) => Assert.False(AppName.TryParse(text, out _));

    [Fact]
    public void ProposeFree_AnyNames_IsFree()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 2_000; round++)
        {
            var others = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Command(random)).ToHashSet();
            var command = random.Next(2) == 0 ? others.First() : Command(random);

            var proposal = AppName.ProposeFree(command, others);

            Assert.True(AppName.Check(proposal, others) is null, $"{proposal} for {command} beside {string.Join(' ', others)}");
        }
    }

    [Fact]
    public void Instance_AnyCommand_CanBeDeployedAndReadBack()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 2_000; round++)
        {
            var command = Command(random).Replace('-', random.Next(2) == 0 ? '-' : '_');
            var name = new AppName(command);

            Assert.True(AppName.IsInstance(name.Instance), name.Instance);
            Assert.True(AppName.TryParse(command, out var read) && read == name, command);
            Assert.True(AppName.TryParse(name.Instance, out var deployed), name.Instance);
            Assert.Equal(AppName.Hyphenated(command), deployed.Command);
            Assert.Equal(name.Instance, deployed.Instance);
        }
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-1", true)]
    [InlineData("", false)]
    [InlineData("1a", false)]
    [InlineData("a-", false)]
    [InlineData("a_b", false)]
    [InlineData("A", false)]
    [InlineData("a.b", false)]
    [InlineData("a\n", false)]
    public void IsInstance_Text_IsALabelOfDns(string text, bool expected) => Assert.Equal(expected, AppName.IsInstance(text));

    [Fact]
    public void IsInstance_Length_EndsAt63()
    {
        Assert.True(AppName.IsInstance(new string('a', 63)));
        Assert.False(AppName.IsInstance(new string('a', 64)));
    }

    // Of few letters and words, so that they clash.
    private static string Command(Random random)
    {
        string[] words = ["aa", "aab", "new", "my", "alt", "other", "b"];
        var command = string.Join('-', Enumerable.Range(0, random.Next(1, 5)).Select(_ => words[random.Next(words.Length)]));
        return command.PadRight(4, 'a')[..Math.Clamp(command.Length, 4, 20)].TrimEnd('-').PadRight(4, 'x');
    }
}
