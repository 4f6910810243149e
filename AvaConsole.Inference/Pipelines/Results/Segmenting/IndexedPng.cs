using System.Buffers.Binary;
using System.IO.Compression;

namespace AvaConsole.Inference.Pipelines.Results.Segmenting;

/// <summary>
/// Writes PNG files whose pixels are numbers of a palette: programs read the classes, people see colours. libvips chooses palettes
/// itself, and would not keep the numbers.
/// </summary>
internal static class IndexedPng
{
    private const int BitDepth = 8;
    private const int PaletteColor = 3;
    private static readonly byte[] s_signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
    private static readonly uint[] s_crcTable = [.. Enumerable.Range(0, 256).Select(MakeCrc)];

    /// <param name="pixels">Row by row, one byte each.</param>
    /// <param name="palette">At most 256.</param>
    /// <param name="transparent">A number that is see-through; null for none.</param>
    public static byte[] Write(int width, int height, ReadOnlySpan<byte> pixels, IReadOnlyList<(byte R, byte G, byte B)> palette, byte? transparent)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (BitDepth, PaletteColor);
        var file = new MemoryStream();
        file.Write(s_signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "PLTE"u8, palette.SelectMany(color => (byte[])[color.R, color.G, color.B]).ToArray());
        if (transparent is { } clear)
        {
            var alpha = new byte[clear + 1];
            alpha.AsSpan(0, clear).Fill(255);
            WriteChunk(file, "tRNS"u8, alpha);
        }

        WriteChunk(file, "IDAT"u8, Compress(width, height, pixels));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static ReadOnlySpan<byte> Compress(int width, int height, ReadOnlySpan<byte> pixels)
    {
        var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0); // Each row starts with its filter: none.
                zlib.Write(pixels.Slice(row * width, width));
            }
        }

        return target.GetBuffer().AsSpan(0, (int)target.Length);
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc = (crc >> 8) ^ s_crcTable[(crc ^ value) & 0xFF];
        }

        return crc;
    }

    private static uint MakeCrc(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return crc;
    }
}
