using AvaConsole.Core.Common;
using AvaConsole.Core.Images;

namespace AvaConsole.Tests.Core.Images;

public sealed class ImageCommandsTests
{
    [Fact]
    public void For_Names_GivesCommandsThatAreRight() => Assert.Equal(
        new ImageCommands(
            "docker build -t ava-keras:py27-cpu -f keras.Dockerfile .",
            "docker login --username ann --password-stdin registry.example:5000",
            "docker tag ava-keras:py27-cpu registry.example:5000/vision/ava-keras:py27-cpu",
            "docker push registry.example:5000/vision/ava-keras:py27-cpu"),
        ImageCommands.For("ava-keras:py27-cpu", "registry.example:5000", "vision", "keras.Dockerfile", "ann").Value);

    [Theory]
    [InlineData("reg.example:5000/vision/ava-keras:py27-cpu")]
    [InlineData("ava-keras@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void Pull_Reference_NamesItAsItIs(string text)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));

        Assert.Equal("docker pull " + text, ImageCommands.Pull(reference));
    }

    [Fact]
    public void For_AwkwardPathAndUser_QuotesThem()
    {
        var commands = ImageCommands.For("a:1", "r.example", "", "my dir/$(id)'.Dockerfile", "robot$ci").Value!;

        Assert.Equal("""docker build -t a:1 -f 'my dir/$(id)'\''.Dockerfile' .""", commands.Build);
        Assert.Equal("docker login --username 'robot$ci' --password-stdin r.example", commands.Login);
    }

    [Theory]
    [InlineData("a", "r.example", "t", "Dockerfile", "", "image_command.local_invalid")]
    [InlineData("a:1;id", "r.example", "t", "Dockerfile", "", "image_command.local_invalid")]
    [InlineData("a:1", "registry", "t", "Dockerfile", "", "image_command.registry_invalid")]
    [InlineData("a:1", "r.example", "t;id", "Dockerfile", "", "image_command.namespace_invalid")]
    [InlineData("a:1", "r.example", "t", "--rm", "", "image_command.dockerfile_invalid")]
    [InlineData("a:1", "r.example", "t", "Dockerfile", "a\nb", "image_command.user_invalid")]
    public void For_NoSuchThing_SaysSo(string local, string registry, string team, string dockerfile, string user, string code) =>
        Assert.Contains(code, Assert.IsType<InvalidError>(ImageCommands.For(local, registry, team, dockerfile, user).Error).Problems.Select(problem => problem.Code));
}
