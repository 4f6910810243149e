using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using AvaConsole.Web.Features.Apis.Form;
using Bunit;

namespace AvaConsole.Tests.Web.Apis.Form;

public sealed class PayloadTableTests : AvaTestContext
{
    private readonly DraftEditor _editor = new(
        new ApiSchema { Payload = [new PayloadEntry { Name = "voice", Type = PayloadTypes.Audio, Encodings = ["raw"] }, new PayloadEntry { Name = "meta", Type = PayloadTypes.Json }] },
        revision: 1);

    [Fact]
    public void Details_Audio_HasEncodingsRatesAndSizes()
    {
        var table = Open();
        table.Find("[data-testid=details-field-Payload-0]").Click();

        Choice(table, "Encoding", "speex").Change(true);
        Choice(table, "SampleRates", "16000").Change(true);
        table.Find("#field-Payload-0-SampleRates .other").Change("11025");
        Choice(table, "Channels", "1").Change(true);
        Choice(table, "BitDepths", "16").Change(true);
        Choice(table, "Compress", "gzip").Change(true);
        table.Find("#field-Payload-0-MaxFrameSize").Input("1024");
        table.Find("#field-Payload-0-MaxBytes").Input("10 MiB");

        var voice = _editor.Schema.Payload[0];
        Assert.Equal(["raw", "speex"], voice.Encodings);
        Assert.Equal([16000, 11025], voice.SampleRates);
        Assert.Equal([1], voice.Channels);
        Assert.Equal([16], voice.BitDepths);
        Assert.Equal(["gzip"], voice.Compressions);
        Assert.Equal((1024, 10485760L), (voice.MaxFrameSize, voice.MaxBytes));
        Choice(table, "Encoding", "raw").Change(false);
        Assert.Equal(["speex"], _editor.Schema.Payload[0].Encodings);
    }

    [Fact]
    public void Type_Changed_DropsWhatMeansNothing()
    {
        var table = Open();
        table.Find("[data-testid=details-field-Payload-0]").Click();
        Choice(table, "SampleRates", "8000").Change(true);

        table.Find("#field-Payload-0-Type").Change(PayloadTypes.Tensor);
        table.Find("#field-Payload-0-DataType").Change("FP32");
        table.Find("#field-Payload-0-Shape").Input("-1, 3");

        var entry = _editor.Schema.Payload[0];
        Assert.Empty(entry.SampleRates);
        Assert.Empty(entry.Encodings);
        Assert.Equal("FP32", entry.DataType);
        Assert.Equal([-1, 3], entry.Shape);
    }

    [Fact]
    public void Json_Content_IsATreeOfItsOwn()
    {
        var table = Open();
        table.Find("[data-testid=details-field-Payload-1]").Click();

        table.Find("[data-testid='add-Payload[1].Content']").Click();
        table.Find("[data-testid=member-field-Payload-1-Content]").Click();
        table.Find("#field-Payload-1-Content-Properties-0-Name").Input("width");

        Assert.Equal("width", _editor.Schema.Payload[1].Content!.Properties[0].Name);
        Assert.Null(_editor.Schema.Payload[0].Content);
        table.Find("#field-Payload-1-Content [data-row-action=remove]").Click();
        Assert.Null(_editor.Schema.Payload[1].Content);
    }

    [Fact]
    public async Task Move_WithOpenContent_TakesTheTreeAlong()
    {
        var table = Open();
        table.Find("[data-testid=details-field-Payload-1]").Click();
        table.Find("[data-testid='add-Payload[1].Content']").Click();

        await table.InvokeAsync(() => table.Instance.MoveRowAsync(int.Parse(table.Find("#field-Payload-1").GetAttribute("data-row")!, System.Globalization.CultureInfo.InvariantCulture), "up", ""));
        table.Find("[data-testid=member-field-Payload-0-Content]").Click();

        Assert.Equal(["meta", "voice"], _editor.Schema.Payload.Select(entry => entry.Name));
        Assert.Single(_editor.Schema.Payload[0].Content!.Properties);
    }

    [Fact]
    public async Task Reveal_ProblemInsideContent_OpensItAndItsField()
    {
        var table = Open();
        table.Find("[data-testid=details-field-Payload-1]").Click();
        table.Find("[data-testid='add-Payload[1].Content']").Click();
        table.Find("[data-testid=member-field-Payload-1-Content]").Click();
        table.Find("[data-testid=details-field-Payload-1]").Click();

        Assert.True(await table.InvokeAsync(() => table.Instance.RevealAsync("Payload[1].Content.Properties[0].Pattern")));

        table.WaitForAssertion(() => Assert.NotNull(table.Find("#field-Payload-1-Content-Properties-0-Pattern")));
    }

    [Theory]
    [InlineData("10 MiB", 10485760L)]
    [InlineData("512k", 524288L)]
    [InlineData("1.5 MB", 1572864L)]
    [InlineData("77", 77L)]
    [InlineData("", null)]
    public void ByteFormat_Text_ReadsAndWritesTheSame(string text, long? expected)
    {
        Assert.True(ByteFormat.Instance.TryRead(text, out var bytes));
        Assert.Equal(expected, bytes);
        Assert.True(ByteFormat.Instance.TryRead(ByteFormat.Instance.Write(bytes), out var again));
        Assert.Equal(bytes, again);
    }

    [Theory]
    [InlineData("ten")]
    [InlineData("-1")]
    [InlineData("1 XB")]
    [InlineData("9999999999999 GiB")]
    public void ByteFormat_NoSize_IsRefused(string text) => Assert.False(ByteFormat.Instance.TryRead(text, out _));

    private IRenderedComponent<PayloadTable> Open() => Render<PayloadTable>(parameters => parameters.Add(view => view.Editor, _editor));

    private static AngleSharp.Dom.IElement Choice(IRenderedComponent<PayloadTable> table, string member, string option) =>
        table.FindAll($"#field-Payload-0-{member} .option").Single(label => label.QuerySelector("span")!.TextContent == option).QuerySelector("input")!;
}
