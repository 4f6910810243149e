using System.Formats.Tar;
using System.IO.Compression;

namespace AvaConsole.Tests.Support;

/// <summary>The archives hold what their names say, read by .NET's own reader.</summary>
public sealed class TarFixturesTests
{
    [Theory]
    [InlineData("parent name", TarEntryType.RegularFile, "../escaped.txt", "")]
    [InlineData("absolute name", TarEntryType.RegularFile, "/tmp/avaconsole-escaped.txt", "")]
    [InlineData("symbolic link out", TarEntryType.SymbolicLink, "labels.txt", "/etc/hostname")]
    [InlineData("hard link out", TarEntryType.HardLink, "weights.bin", "/etc/hostname")]
    [InlineData("fifo", TarEntryType.Fifo, "labels.txt", "")]
    [InlineData("character device", TarEntryType.CharacterDevice, "labels.txt", "")]
    [InlineData("block device", TarEntryType.BlockDevice, "labels.txt", "")]
    public void Hostile_ByName_LastEntryIsAsNamed(string fixture, TarEntryType type, string name, string link)
    {
        var entries = Entries(TarFixtures.Hostile(fixture));

        Assert.Equal("model.onnx", entries[0].Name);
        Assert.Equal((type, name, link), (entries[^1].EntryType, entries[^1].Name, entries[^1].LinkName));
    }

    [Theory]
    [InlineData("size beyond the end", typeof(EndOfStreamException))]
    [InlineData("negative size", typeof(InvalidDataException))]
    [InlineData("cut off", typeof(EndOfStreamException))]
    [InlineData("sparse file", typeof(NotSupportedException))]
    public void Hostile_Unreadable_ReaderThrows(string fixture, Type exception)
    {
        // Through gzip: a reader that can seek skips over what is missing.
        using var gzip = new GZipStream(new MemoryStream(TarBuilder.Gzip(TarFixtures.Hostile(fixture))), CompressionMode.Decompress);

        Assert.Throws(exception, () => Entries(gzip));
    }

    [Theory]
    [MemberData(nameof(TarFixtures.HostileNames), MemberType = typeof(TarFixtures))]
    public void Hostile_Twice_SameBytes(string fixture) => Assert.Equal(TarFixtures.Hostile(fixture), TarFixtures.Hostile(fixture));

    [Fact]
    public void Many_FiveThousand_AllAreThere() => Assert.Equal(5001, Entries(TarFixtures.Many(5000)).Count);

    [Fact]
    public void LongName_BeyondTheHeader_IsKeptWhole()
    {
        Assert.Equal(10_008, Entries(TarFixtures.LongName(10_000))[^1].Name.Length);
        Assert.Equal(1_008, Entries(TarFixtures.Deep(500))[^1].Name.Length);
    }

    [Fact]
    public void Package_Gzipped_HasTheThreeFiles()
    {
        using var gzip = new GZipStream(new MemoryStream(TarFixtures.Package().ToGzip()), CompressionMode.Decompress);

        Assert.Equal(["model.onnx", "labels.txt", "service.yaml"], Entries(gzip).Select(entry => entry.Name));
    }

    [Fact]
    public void ZeroBomb_TenGigabytes_DeclaresThemInFewBytes()
    {
        const long Declared = 10L << 30;
        using var bomb = TarFixtures.ZeroBomb(Declared);
        using var gzip = new GZipStream(bomb, CompressionMode.Decompress);
        using var reader = new TarReader(gzip);

        reader.GetNextEntry();
        var entry = reader.GetNextEntry();

        Assert.Equal(Declared, entry?.Length);
        Assert.InRange(bomb.Length, 1, 11 << 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData((128 << 20) + 5)]
    public void ZeroBomb_ReadToTheEnd_HasAllItsZeros(int size)
    {
        using var gzip = new GZipStream(TarFixtures.ZeroBomb(size), CompressionMode.Decompress);
        using var reader = new TarReader(gzip);
        reader.GetNextEntry();

        var content = reader.GetNextEntry()?.DataStream;

        var buffer = new byte[1 << 16];
        var total = 0;
        for (var read = content!.Read(buffer); read > 0; read = content.Read(buffer))
        {
            Assert.False(buffer.AsSpan(0, read).ContainsAnyExcept((byte)0));
            total += read;
        }

        Assert.Equal(size, total);
        Assert.Null(reader.GetNextEntry());
    }

    private static List<TarEntry> Entries(byte[] archive)
    {
        using var stream = new MemoryStream(archive);
        return Entries(stream);
    }

    private static List<TarEntry> Entries(Stream archive)
    {
        using var reader = new TarReader(archive);
        var entries = new List<TarEntry>();
        while (reader.GetNextEntry() is { } entry)
        {
            entry.DataStream?.CopyTo(Stream.Null);
            entries.Add(entry);
        }

        return entries;
    }
}
