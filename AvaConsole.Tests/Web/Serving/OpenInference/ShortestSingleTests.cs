using System.Globalization;
using System.Text;
using System.Text.Json;
using AvaConsole.Web.Serving.OpenInference;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

public sealed class ShortestSingleTests
{
    [Theory]
    [InlineData(0f, "0")]
    [InlineData(-0f, "-0")]
    [InlineData(1f, "1")]
    [InlineData(-17f, "-17")]
    [InlineData(0.1f, "0.1")]
    [InlineData(-2.5f, "-2.5")]
    [InlineData(0.00012f, "0.00012")]
    [InlineData(0.00001f, "0.00001")]
    [InlineData(0.000001f, "1e-6")]
    [InlineData(1.5e-7f, "1.5e-7")]
    [InlineData(16777216f, "16777216")]
    [InlineData(3e9f, "3000000000")]
    [InlineData(1.2345e14f, "123450000000000")]
    [InlineData(1e16f, "1e16")]
    [InlineData(float.MaxValue, "3.4028235e38")]
    [InlineData(float.MinValue, "-3.4028235e38")]
    [InlineData(float.Epsilon, "1e-45")]
    [InlineData(1.1754944e-38f, "1.1754944e-38")] // The smallest that is normal.
    [InlineData(9.8e-45f, "1e-44")]
    [InlineData(8388608.5f, "8388608")] // No such float: the literal is rounded.
    [InlineData(4194304.5f, "4194304.5")]
    [InlineData(33554432f, "33554432")]
    public void Write_Value_HasShortestForm(float value, string expected) => Assert.Equal(expected, Text(value));

    /// <summary>One in 40,009 of all finite floats, with their signs, and all powers of two and what lies next to them.</summary>
    [Fact]
    public void Write_AnyFinite_ReadsBackAndIsAsShortAsTheFrameworksForm()
    {
        foreach (var bits in Sample())
        {
            var value = BitConverter.UInt32BitsToSingle(bits);
            var text = Text(value);
            Assert.True(
                float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value)
                && DigitsOf(text) == DigitsOf(value.ToString("R", CultureInfo.InvariantCulture))
                && JsonDocument.Parse(text).RootElement.ValueKind == JsonValueKind.Number
                && text.Length <= ShortestSingle.Longest,
                $"{bits:x8} is written {text}");
        }
    }

    private static IEnumerable<uint> Sample()
    {
        const uint Infinity = 0x7F80_0000;
        for (uint bits = 0; bits < Infinity; bits += 40_009)
        {
            yield return bits;
            yield return bits | 0x8000_0000;
        }

        for (uint exponent = 1; exponent < 255; exponent++)
        {
            yield return (exponent << 23) - 1;
            yield return exponent << 23;
            yield return (exponent << 23) + 1;
        }

        for (var subnormal = 1u; subnormal < 1u << 23; subnormal <<= 1)
        {
            yield return subnormal;
        }
    }

    private static string Text(float value)
    {
        Span<byte> target = stackalloc byte[ShortestSingle.Longest];
        return Encoding.ASCII.GetString(target[..ShortestSingle.Write(value, target)]);
    }

    private static string DigitsOf(string text) => string.Concat(text.TakeWhile(letter => letter is not ('e' or 'E')).Where(char.IsDigit)).Trim('0');
}
