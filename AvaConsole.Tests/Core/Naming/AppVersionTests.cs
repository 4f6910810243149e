using AvaConsole.Core.Naming;

namespace AvaConsole.Tests.Core.Naming;

public sealed class AppVersionTests
{
    private static readonly DateOnly s_day = new(2018, 3, 1);

    [Theory]
    [InlineData(0, "20180301-v1")]
    [InlineData(2, "20180301-v1-2")]
    public void ToString_Sequence_ZeroIsNotWritten(int sequence, string expected) => Assert.Equal(expected, new AppVersion(s_day, "v1", sequence).ToString());

    [Theory]
    [InlineData("20180301-v20180228-1", "v20180228/1", "v20180228-1/0")]
    [InlineData("20180301-v20180228-1-2", "v20180228-1/2")]
    [InlineData("20180301-v20180228", "v20180228/0")]
    [InlineData("20180301-v3-2", "v3/2", "v3-2/0")]
    [InlineData("20180301-py27-cpu", "py27-cpu/0")]
    [InlineData("20180301-v3-0", "v3-0/0")]
    [InlineData("20180301-v3-1234567", "v3-1234567/0")]
    public void Readings_Text_GivesAllOfThem(string text, params string[] expected) =>
        Assert.Equal(expected, AppVersion.Readings(text).Select(reading => $"{reading.ImageVersion}/{reading.Sequence}"));

    [Theory]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("20180231-v1")]
    [InlineData("20180301-")]
    [InlineData("20180301_v1")]
    [InlineData("20180301-a/b")]
    [InlineData("2018030１-v1")] // A digit, but none of ASCII's.
    [InlineData("20180301-v20180228-x")]
    public void Readings_NoVersion_AreNone(string text) => Assert.Empty(AppVersion.Readings(text));

    [Fact]
    public void Readings_AnyVersion_AreTheWayItWasMadeAndNoOtherText()
    {
        foreach (var version in Versions())
        {
            var readings = AppVersion.Readings(version.ToString());

            Assert.Contains(version, readings);
            Assert.All(readings, reading => Assert.Equal(version.ToString(), reading.ToString()));
        }
    }

    [Fact]
    public void NextFree_AnyTaken_IsTheFirstThatIsNot()
    {
        var version = new AppVersion(s_day, "v20180228-1", 0);
        var taken = new HashSet<string>();
        for (var count = 0; count < 20; count++)
        {
            var next = version.NextFree(taken.Contains);

            Assert.Equal(count, next.Sequence);
            Assert.True(taken.Add(next.ToString()));
        }
    }

    [Fact]
    public void Compare_Versions_AreByDayThenImageThenNumber()
    {
        AppVersion[] sorted =
        [
            new(s_day, "v9", 11), new(s_day, "v10", 0), new(s_day, "v10", 2), new(s_day, "v10", 10), new(s_day.AddDays(1), "v1", 0),
        ];

        Assert.Equal(sorted, sorted.Reverse().Order(AppVersion.Order));
    }

    [Theory]
    [InlineData("v9", "v10", -1)]
    [InlineData("v010", "v10", -1)]
    [InlineData("a", "a1", -1)]
    [InlineData("a2b", "a2b", 0)]
    [InlineData("9", "10", -1)]
    [InlineData("a10", "a9", 1)]
    public void NaturalOrder_Texts_CountsNumbers(string first, string second, int expected)
    {
        Assert.Equal(expected, Math.Sign(NaturalOrder.Compare(first, second)));
        Assert.Equal(-expected, Math.Sign(NaturalOrder.Compare(second, first)));
    }

    private static IEnumerable<AppVersion> Versions()
    {
        foreach (var image in (string[])["v1", "v20180228", "v20180228-1", "py27-cuda80-cudnn6", "1.15.0-gpu", "latest", "0123456789ab", "v3-2"])
        {
            foreach (var sequence in (int[])[0, 1, 9, 10, 999_999])
            {
                yield return new AppVersion(s_day, image, sequence);
            }
        }
    }
}
