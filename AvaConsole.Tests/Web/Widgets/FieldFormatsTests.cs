using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Widgets;
using Bunit;

namespace AvaConsole.Tests.Web.Widgets;

public sealed class FieldFormatsTests : AvaTestContext
{
    [Fact]
    public void NumberField_TextBetweenNumbers_StaysAsTyped()
    {
        var values = new List<decimal?>();
        var field = Render<ParsedField<decimal?>>(parameters => parameters
            .Add(field => field.Label, "Minimum").Add(field => field.Id, "minimum").Add(field => field.Format, FieldFormats.Number)
            .Add(field => field.Value, 1m).Add(field => field.Unreadable, "not a number").Add(field => field.ValueChanged, values.Add));

        field.Find("input").Input("1.");
        field.Find("input").Input("1.5");
        field.Find("input").Input("1.5x");

        Assert.Equal("1.5x", field.Find("input").GetAttribute("value"));
        Assert.Equal("not a number", field.Find("#minimum-error").TextContent.Replace("error", "", StringComparison.Ordinal).Trim());
        Assert.Equal([1.5m], values);
    }

    [Fact]
    public void ListField_CommaAtTheEnd_StaysAsTyped()
    {
        IReadOnlyList<string> last = [];
        var field = Render<ParsedField<IReadOnlyList<string>>>(parameters => parameters
            .Add(field => field.Label, "Values").Add(field => field.Id, "values").Add(field => field.Format, FieldFormats.List)
            .Add(field => field.Value, []).Add(field => field.ValueChanged, value => last = value!));

        field.Find("input").Input("raw, gzip,");

        Assert.Equal("raw, gzip,", field.Find("input").GetAttribute("value"));
        Assert.Equal(["raw", "gzip"], last);
    }

    [Theory]
    [InlineData("-1, 3, 224", new long[] { -1, 3, 224 })]
    [InlineData("-1，3", new long[] { -1, 3 })]
    [InlineData("", new long[0])]
    public void Shape_NumbersWithCommas_AreRead(string text, long[] shape)
    {
        Assert.True(FieldFormats.Shape.TryRead(text, out var read));
        Assert.Equal(shape, read!);
    }

    [Fact]
    public void Shape_AnythingElse_IsRefused() => Assert.False(FieldFormats.Shape.TryRead("3, wide", out _));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(8L * 1024 * 1024 * 1024, "8.0 GiB")]
    public void Size_Bytes_AreSaidInTheLargestUnit(long bytes, string text) => Assert.Equal(text, ByteText.Size(bytes));
}
