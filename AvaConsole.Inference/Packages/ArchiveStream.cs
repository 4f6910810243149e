using System.IO.Compression;

namespace AvaConsole.Inference.Packages;

/// <summary>
/// The tar bytes of an archive, decompressed where its first bytes say gzip. Counts on the way: a bomb is noticed while it
/// explodes, not when it has.
/// </summary>
internal sealed class ArchiveStream : Stream
{
    /// <summary>Beyond this, tar's own metadata (long names, pax attributes) is an attack on the memory of whoever reads it.</summary>
    private const int MetadataBytes = 1 << 20;

    private readonly FileStream _file;
    private readonly Stream _source;
    private readonly UnpackLimits _limits;
    private readonly bool _compressed;
    private long _read;
    private long _sinceHeader;

    private ArchiveStream(FileStream file, bool compressed, UnpackLimits limits)
    {
        _file = file;
        _source = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        _compressed = compressed;
        _limits = limits;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The name of the entry being read, for the refusal; null while between two entries.</summary>
    public string? Entry { get; private set; }

    public static ArchiveStream Open(string path, UnpackLimits limits)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            var gzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            return new ArchiveStream(file, gzip, limits);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void EnterData(string entry) => Entry = entry;

    public void EnterHeader()
    {
        Entry = null;
        _sinceHeader = 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (Entry is null && (_sinceHeader += buffer.Length) > MetadataBytes)
        {
            throw new PackageRejectedException("", "package.metadata_too_large", MetadataBytes / 1024);
        }

        var count = _source.Read(buffer);
        _read += count;
        if (_compressed && _read > _limits.RatioFrom && _read / Math.Max(1, _file.Position) >= _limits.Ratio)
        {
            throw new PackageRejectedException(Entry ?? "", "package.ratio", _limits.Ratio);
        }

        return count;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
