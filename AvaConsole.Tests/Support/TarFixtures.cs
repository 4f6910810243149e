using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using AvaConsole.Tests.Support.OnnxModels;

namespace AvaConsole.Tests.Support;

/// <summary>
/// Model packages, most of them hostile. Each hostile one also holds a good model, so that it can only be refused for what
/// its name says.
/// </summary>
internal static class TarFixtures
{
    private static readonly Dictionary<string, Func<byte[]>> s_hostile = new()
    {
        ["parent name"] = () => Good().File("../escaped.txt", "out").ToTar(),
        ["parent name inside a path"] = () => Good().File("files/../../escaped.txt", "out").ToTar(),
        ["absolute name"] = () => Good().File("/tmp/avaconsole-escaped.txt", "out").ToTar(),
        ["backslash parent name"] = () => Good().File("..\\escaped.txt", "out").ToTar(),
        ["symbolic link out"] = () => Good().SymbolicLink("labels.txt", "/etc/hostname").ToTar(),
        ["symbolic link inside"] = () => Good().SymbolicLink("copy.onnx", "model.onnx").ToTar(),
        ["file through a symbolic link"] = () => Good().SymbolicLink("files", "..").File("files/escaped.txt", "out").ToTar(),
        ["hard link out"] = () => Good().HardLink("weights.bin", "/etc/hostname").ToTar(),
        ["hard link inside"] = () => Good().HardLink("copy.onnx", "model.onnx").ToTar(),
        ["fifo"] = () => Good().Fifo("labels.txt").ToTar(),
        ["character device"] = () => Good().Device("labels.txt", TarEntryType.CharacterDevice).ToTar(),
        ["block device"] = () => Good().Device("labels.txt", TarEntryType.BlockDevice, major: 8, minor: 0).ToTar(),
        ["sparse file"] = () => Good().Raw(SparseFile("weights.bin", 1L << 32)).ToTar(),
        ["duplicate names"] = () => Good().File("labels.txt", "a\n").File("labels.txt", "b\n").ToTar(),
        ["same file by two names"] = () => Good().File("labels.txt", "a\n").File("./files/../labels.txt", "b\n").ToTar(),
        ["file as a directory"] = () => Good().File("files", "a").File("files/labels.txt", "b").ToTar(),
        ["5000 entries"] = () => Many(5000),
        ["500 directories deep"] = () => Deep(500),
        ["name of 10000 characters"] = () => LongName(10_000),
        ["control characters in a name"] = () => Good().File("la\u001b[2Jbels.txt", "a").ToTar(),
        ["size beyond the end"] = () => Good().Raw(TarBuilder.Header("weights.bin", 1L << 40)).ToTar()[..^1024],
        ["negative size"] = () => Good().Raw(NegativeSize("weights.bin")).ToTar(),
        ["cut off"] = () => Good().File("weights.bin", new byte[4096]).ToTar()[..^3072],
        ["cut off gzip"] = () => Good().ToGzip()[..^20],
    };

    /// <summary>The names that <see cref="Hostile"/> takes, as the data of a theory.</summary>
    public static TheoryData<string> HostileNames => [.. s_hostile.Keys];

    public static byte[] Hostile(string name) => s_hostile[name]();

    /// <summary>model.onnx, labels.txt and service.yaml that belong together: three channels, three classes.</summary>
    public static TarBuilder Package(byte[]? model = null, string labels = "red\ngreen\nblue\n") => new TarBuilder()
        .File("model.onnx", model ?? TestModels.Classifier())
        .File("labels.txt", labels)
        .File("service.yaml", """
            pipeline: classification
            input:
              tensor: image
              width: 8
              height: 8
              color: rgb
              layout: nchw
              resize: stretch
              scale: 0.00392156862745098
              mean: [0, 0, 0]
              std: [1, 1, 1]
            output:
              tensor: scores
              activation: none
              top_k: 3
            labels: labels.txt
            """);

    /// <summary>A well-formed archive without a model.</summary>
    public static byte[] WithoutModel() => new TarBuilder().File("labels.txt", "a\nb\n").ToTar();

    /// <summary>A well-formed archive without entries.</summary>
    public static byte[] Empty() => new byte[1024];

    public static byte[] NotAnArchive() => [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 31 + 7))];

    public static byte[] Many(int entries)
    {
        var archive = Good();
        for (var i = 0; i < entries; i++)
            archive.File($"files/{i:D5}.txt", []);
        return archive.ToTar();
    }

    public static byte[] Deep(int directories) =>
        Good().File(string.Concat(Enumerable.Repeat("d/", directories)) + "file.txt", "deep").ToTar();

    /// <summary>One file whose name is so long that only a PAX header holds it. Honest up to the limits of the file system.</summary>
    public static byte[] LongName(int characters) =>
        Good().File(string.Concat(Enumerable.Repeat(new string('n', 99) + "/", characters / 100)) + "file.txt", "long").ToTar();

    /// <summary>
    /// A .tar.gz with a good model and <paramref name="bytes"/> of zeros, made while it is read: some 200 KiB of memory,
    /// about a thousandth of <paramref name="bytes"/> to transfer, nothing on the disk.
    /// </summary>
    public static Stream ZeroBomb(long bytes)
    {
        const int Chunk = 64 << 20;
        var package = Good().ToTar()[..^1024];
        var head = TarBuilder.Gzip([.. package, .. TarBuilder.Header("weights.bin", bytes)]);
        var tail = GzippedZeros((int)(bytes % Chunk + (512 - bytes % 512) % 512 + 1024));
        // A gzip file may have several members; one of 64 MiB is compressed once and repeated.
        return new RepeatedStream(head, bytes < Chunk ? [] : GzippedZeros(Chunk), bytes / Chunk, tail);
    }

    private static TarBuilder Good() => new TarBuilder().File("model.onnx", TestModels.Classifier());

    private static byte[] GzippedZeros(int count)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 16];
            for (var left = count; left > 0; left -= zeros.Length)
                gzip.Write(zeros.AsSpan(0, Math.Min(left, zeros.Length)));
        }

        return compressed.ToArray();
    }

    // GNU's old sparse format: type 'S', and at 483 the size that the file has once its holes are filled.
    private static byte[] SparseFile(string name, long realSize)
    {
        var header = TarBuilder.Header(name, 0, 'S');
        Encoding.ASCII.GetBytes("ustar  \0").CopyTo(header, 257);
        Encoding.ASCII.GetBytes(Convert.ToString(realSize, 8).PadLeft(12, '0')).CopyTo(header, 483);
        return TarBuilder.Sign(header);
    }

    private static byte[] NegativeSize(string name)
    {
        var header = TarBuilder.Header(name, 0);
        header.AsSpan(124, 12).Fill(0xff);
        return TarBuilder.Sign(header);
    }
}
