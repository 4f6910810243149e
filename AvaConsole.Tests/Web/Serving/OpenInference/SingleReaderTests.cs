using System.Globalization;
using System.Text;
using AvaConsole.Web.Serving.OpenInference;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

public sealed class SingleReaderTests
{
    [Theory]
    [InlineData("0.5,", 0.5f, 3)]
    [InlineData("-0.90588236,1", -0.90588236f, 11)]
    [InlineData("1.00000000]", 1f, 10)]
    [InlineData("-0.0,       ", -0f, 4)]
    [InlineData("0.123456789,       ", 0.123456789f, 11)] // One digit more than a group has.
    [InlineData("0.1e-3,       ", 0.0001f, 6)]
    [InlineData("12.5,       ", 12.5f, 4)]
    [InlineData("7,       ", 7f, 1)]
    [InlineData("0.5", 0.5f, 3)] // Too near the end for eight bytes at once.
    [InlineData("0.00000000,       ", 0f, 10)]
    public void Read_Number_TakesAllOfItAndNoMore(string json, float expected, int length)
    {
        var at = 0;

        Assert.Equal(ElementFault.None, SingleReader.Read(Encoding.ASCII.GetBytes(json), ref at, out var value));

        Assert.Equal((BitConverter.SingleToUInt32Bits(expected), length), (BitConverter.SingleToUInt32Bits(value), at));
    }

    [Theory]
    [InlineData("0.,12345678")]
    [InlineData("00.5,1234567")]
    [InlineData("-.5,12345678")]
    [InlineData("0.5e,1234567")]
    [InlineData("0.x1234567")]
    public void Read_NoNumber_LeavesItsPlace(string json)
    {
        var at = 0;

        var fault = SingleReader.Read(Encoding.ASCII.GetBytes(json), ref at, out _);

        Assert.Equal((ElementFault.NotJson, 0), (fault, at));
    }

    [Fact]
    public void Read_FractionsOfAnyLength_AreWhatTheFrameworkReads()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 200_000; round++)
        {
            var digits = random.Next(1, 10);
            var text = string.Create(CultureInfo.InvariantCulture, $"{(round % 2 == 0 ? "-" : "")}{random.Next(10)}.{random.NextInt64((long)Math.Pow(10, digits)).ToString("D" + digits, CultureInfo.InvariantCulture)}");
            var at = 0;

            SingleReader.Read(Encoding.ASCII.GetBytes(text + ",0.25,0.25"), ref at, out var value);

            var expected = float.Parse(text, CultureInfo.InvariantCulture);
            Assert.True(BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(value) && at == text.Length, text);
        }
    }
}
