using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AvaConsole.Core.Images.Recipes.Builds;

namespace AvaConsole.Tests.Core.Images.Recipes.Builds;

public sealed class BuildLogTests
{
    [Fact]
    public void Write_PiecesOfTwoStreams_KeepsLinesWhole()
    {
        var log = new BuildLog();
        var (one, other) = (log.OpenWriter(), log.OpenWriter());

        one.Write("first"u8);
        other.Write("other\n"u8);
        one.Write(" line\nlast"u8);
        one.Flush();

        Assert.Equal("other\nfirst line\nlast\n", log.ToString());
    }

    [Fact]
    public void Write_CharacterInTwoPieces_IsOneCharacter()
    {
        var log = new BuildLog();
        var writer = log.OpenWriter();
        var bytes = Encoding.UTF8.GetBytes("镜像\n");

        writer.Write(bytes.AsSpan(0, 4));
        writer.Write(bytes.AsSpan(4));

        Assert.Equal("镜像\n", log.ToString());
    }

    [Fact]
    public void Write_TerminalSequencesAndControls_LeavesPlainText()
    {
        var log = new BuildLog();

        log.OpenWriter().Write("\u001b[31mred\u001b[0m \u001b]0;title\u0007a\0b\t10%\r100%\n"u8);

        Assert.Equal("red a\ufffdb\t10%\n100%\n", log.ToString());
    }

    [Fact]
    public void Add_HiddenSecret_IsNeverSaid()
    {
        var log = new BuildLog();
        log.Hide("hunter2");

        log.Add("password hunter2, again hunter2");

        Assert.Equal("password ***, again ***\n", log.ToString());
    }

    [Fact]
    public void Add_MoreThanTheLimit_LeavesTheMiddleOutAndCountsIt()
    {
        var log = new BuildLog();
        var filling = new string('中', 100);
        for (var number = 0; number < 30_000; number++)
        {
            log.Add(number.ToString(CultureInfo.InvariantCulture) + " " + filling);
        }

        var text = log.ToString();

        Assert.InRange(Encoding.UTF8.GetByteCount(text), BuildLog.MaxBytes - 1000, BuildLog.MaxBytes);
        var lines = text.TrimEnd('\n').Split('\n');
        Assert.StartsWith("0 ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("29999 ", lines[^1], StringComparison.Ordinal);
        var cut = Assert.Single(lines, line => line[0] == '⋯');
        Assert.Equal(30_000 - (lines.Length - 1), int.Parse(Regex.Match(cut, @"\d+").Value, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Write_LineWithoutEnd_IsCutRatherThanCollected()
    {
        var log = new BuildLog();
        var writer = log.OpenWriter();

        writer.Write(Encoding.UTF8.GetBytes(new string('x', 100_000)));

        Assert.True(log.Version >= 6);
    }
}
