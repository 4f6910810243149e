using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace AvaConsole.Tests.Support;

/// <summary>Builds tar archives for tests, honest or not. Within one process, equal calls give equal bytes.</summary>
internal sealed class TarBuilder
{
    private readonly List<Action<TarWriter, Stream>> _steps = [];

    public TarBuilder File(string name, byte[] content) =>
        Entry(TarEntryType.RegularFile, name, entry => entry.DataStream = new MemoryStream(content));

    public TarBuilder File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    public TarBuilder Directory(string name) => Entry(TarEntryType.Directory, name, _ => { });

    public TarBuilder SymbolicLink(string name, string target) =>
        Entry(TarEntryType.SymbolicLink, name, entry => entry.LinkName = target);

    public TarBuilder HardLink(string name, string target) =>
        Entry(TarEntryType.HardLink, name, entry => entry.LinkName = target);

    public TarBuilder Fifo(string name) => Entry(TarEntryType.Fifo, name, _ => { });

    /// <summary>A character or block device; 1, 3 is /dev/null.</summary>
    public TarBuilder Device(string name, TarEntryType type, int major = 1, int minor = 3) => Entry(type, name, entry =>
    {
        entry.DeviceMajor = major;
        entry.DeviceMinor = minor;
    });

    /// <summary>Appends blocks as they are, for what TarWriter refuses to write.</summary>
    public TarBuilder Raw(byte[] blocks)
    {
        _steps.Add((_, archive) => archive.Write(blocks));
        return this;
    }

    public byte[] ToTar()
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
            foreach (var step in _steps)
                step(writer, archive);
        return archive.ToArray();
    }

    public byte[] ToGzip() => Gzip(ToTar());

    public static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(content);
        return compressed.ToArray();
    }

    /// <summary>A ustar header of any type and size, whether or not that much follows.</summary>
    public static byte[] Header(string name, long size, char type = '0')
    {
        var header = new byte[512];
        Put(0, name);
        Put(100, "0000644\0");
        Put(108, "0000000\0");
        Put(116, "0000000\0");
        // Eleven octal digits hold 8 GiB; GNU writes larger sizes in base 256, marked by the top bit.
        if (size < 1L << 33)
            Put(124, Convert.ToString(size, 8).PadLeft(11, '0') + "\0");
        else
            for (var (at, rest) = (135, size); at >= 124; at--, rest >>= 8)
                header[at] = (byte)(at == 124 ? 0x80 : rest);
        Put(136, "00000000000\0");
        header[156] = (byte)type;
        Put(257, "ustar\0" + "00");
        return Sign(header);

        void Put(int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(header, at);
    }

    /// <summary>Writes the checksum into a header that was changed.</summary>
    public static byte[] Sign(byte[] header)
    {
        // The checksum counts its own field as eight blanks.
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = header.Sum(one => one);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return header;
    }

    private TarBuilder Entry(TarEntryType type, string name, Action<PaxTarEntry> fill)
    {
        _steps.Add((writer, _) =>
        {
            var entry = new PaxTarEntry(type, name) { ModificationTime = DateTimeOffset.UnixEpoch };
            fill(entry);
            writer.WriteEntry(entry);
        });
        return this;
    }
}
