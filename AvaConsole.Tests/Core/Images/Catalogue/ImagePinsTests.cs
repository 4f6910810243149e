using AvaConsole.Core.Images;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Core.Images.Catalogue;

public sealed class ImagePinsTests : IAsyncLifetime
{
    private const string Keras = "reg.example/vision/ava-keras";

    private TestConsole _console = null!;
    private string _cpu = "";

    private ImagePins Pins => _console.Get<ImagePins>();

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _cpu = await CatalogueRows.AddAsync(_console, $"{Keras}:py27-cpu");
        await CatalogueRows.AddAsync(_console, $"{Keras}:py35-cpu", createdAt: CatalogueRows.SeenAt.AddDays(1));
        await CatalogueRows.AddAsync(_console, $"{Keras}:gone", state: TagState.Dangling);
        await CatalogueRows.AddAsync(_console, $"{Keras}:new", state: TagState.Listed);
        await CatalogueRows.AddAsync(_console, "docker.io/library/python:3.12");
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Theory]
    [InlineData("reg.example/vision/ava-keras:py27-cpu", PinState.Known)]
    [InlineData("reg.example/vision/ava-keras:py99-cpu", PinState.UnknownTag)]
    [InlineData("reg.example/vision/ava-keras", PinState.UnknownTag)]
    [InlineData("reg.example/vision/ava-karas:py27-cpu", PinState.UnknownRepository)]
    [InlineData("reg.elsewhere/vision/ava-keras:py27-cpu", PinState.UnknownRegistry)]
    [InlineData("reg.example/vision/ava-keras:gone", PinState.Dangling)]
    [InlineData("reg.example/vision/ava-keras:new", PinState.Unread)]
    [InlineData("python:3.12", PinState.Known)]
    [InlineData("docker.io/library/python:3.12", PinState.Known)]
    [InlineData("python", PinState.UnknownTag)]
    public async Task Find_Reference_SaysHowItStands(string text, PinState expected)
    {
        var pin = await FindAsync(text);

        Assert.Equal(expected, pin.State);
        Assert.Equal(expected == PinState.Known, pin.Digest.Length > 0);
        Assert.Equal(expected == PinState.Known ? $"{text}@{pin.Digest}" : text, pin.Pinned.ToString());
    }

    [Fact]
    public async Task Find_Digest_KnowsItsImageWithAndWithoutItsTag()
    {
        Assert.Equal(_cpu, (await FindAsync($"{Keras}@{_cpu}")).Image!.Digest);
        var pin = await FindAsync($"{Keras}:py27-cpu@{_cpu}");

        Assert.Equal((PinState.Known, CatalogueRows.SeenAt), (pin.State, pin.SeenAt!.Value));
        Assert.Equal("linux/amd64", Assert.Single(pin.Image!.Platforms).Platform);
    }

    [Fact]
    public async Task Find_TagThatMoved_NamesBothDigests()
    {
        var now = await CatalogueRows.AddAsync(_console, $"{Keras}:py27-cpu", content: "rebuilt");

        var pin = await FindAsync($"{Keras}:py27-cpu@{_cpu}");

        Assert.Equal((PinState.Moved, now, _cpu), (pin.State, pin.Digest, pin.Image!.Digest));
        Assert.Equal($"{Keras}:py27-cpu@{_cpu}", pin.Pinned.ToString());
    }

    [Theory]
    [InlineData("keras", "reg.example/vision/ava-keras:py35-cpu", "reg.example/vision/ava-keras:py27-cpu")]
    [InlineData("reg.example/vision/ava-keras:py27", "reg.example/vision/ava-keras:py27-cpu")]
    [InlineData("KERAS:35", "reg.example/vision/ava-keras:py35-cpu")]
    [InlineData("%")]
    [InlineData("keras:gone")]
    public async Task Suggest_Typed_GivesTagsThatCanBePulled(string typed, params string[] expected) =>
        Assert.Equal(expected, (await Pins.SuggestAsync(typed, 8, default)).Select(reference => reference.ToString()));

    private Task<ImagePin> FindAsync(string text)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));
        return Pins.FindAsync(reference, default);
    }
}
