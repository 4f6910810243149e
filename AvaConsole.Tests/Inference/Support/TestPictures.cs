using System.Buffers.Binary;
using System.IO.Compression;

namespace AvaConsole.Tests.Inference.Support;

/// <summary>Writes PNG files of any size and kind, honest or not, without a picture library.</summary>
internal static class TestPictures
{
    public static readonly (byte, byte, byte) Red = (255, 0, 0);
    public static readonly (byte, byte, byte) Green = (0, 255, 0);
    public static readonly (byte, byte, byte) Blue = (0, 0, 255);

    /// <summary>One colour all over.</summary>
    public static byte[] Rgb(int width, int height, (byte R, byte G, byte B) color) =>
        Png(width, height, 2, Enumerable.Repeat<byte[]>([color.R, color.G, color.B], width * height).SelectMany(pixel => pixel).ToArray());

    public static byte[] Grey(int width, int height, Func<int, int, byte> value) =>
        Png(width, height, 0, Enumerable.Range(0, width * height).Select(i => value(i % width, i / width)).ToArray());

    /// <summary>One colour with one opacity all over.</summary>
    public static byte[] Rgba(int width, int height, (byte R, byte G, byte B) color, byte alpha) =>
        Png(width, height, 6, Enumerable.Repeat<byte[]>([color.R, color.G, color.B, alpha], width * height).SelectMany(pixel => pixel).ToArray());

    /// <summary>Sixteen bits for each part, one value in all of them.</summary>
    public static byte[] Rgba16(int width, int height, ushort value, ushort alpha) => Png(
        width, height, 6, Enumerable.Range(0, width * height * 4).SelectMany(part => (byte[])(part % 4 == 3 ? [(byte)(alpha >> 8), (byte)alpha] : [(byte)(value >> 8), (byte)value])).ToArray(), 16);

    /// <summary>Only says that it is so large; its pixels are missing.</summary>
    public static byte[] Claiming(int width, int height) => [.. Signature, .. Header(width, height, 2), .. Chunk("IDAT", Compress([0])), .. Chunk("IEND", [])];

    /// <summary>A PNG that asks to be turned: its EXIF orientation says how.</summary>
    public static byte[] WithOrientation(byte[] png, byte orientation)
    {
        // TIFF header, one entry: tag 0x0112, type SHORT, count 1.
        byte[] exif = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
        var afterHeader = Signature.Length + 25;
        return [.. png[..afterHeader], .. Chunk("eXIf", exif), .. png[afterHeader..]];
    }

    /// <summary>An uncompressed BMP; <paramref name="color"/> by column and row from the top.</summary>
    public static byte[] Bmp(int width, int height, short bits, Func<int, int, (byte R, byte G, byte B)> color)
    {
        var stride = ((width * bits) + 31) / 32 * 4;
        var file = new byte[54 + (stride * height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), bits);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (r, g, b) = color(x, y);
                ((byte[])[b, g, r]).CopyTo(file, 54 + ((height - 1 - y) * stride) + (x * bits / 8));
            }
        }

        return file;
    }

    private static byte[] Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    private static byte[] Png(int width, int height, byte colorType, byte[] samples, byte bits = 8)
    {
        var stride = samples.Length / height;
        var rows = new byte[(stride + 1) * height];
        for (var row = 0; row < height; row++)
        {
            samples.AsSpan(row * stride, stride).CopyTo(rows.AsSpan((row * (stride + 1)) + 1)); // Each row starts with its filter: none.
        }

        return [.. Signature, .. Header(width, height, colorType, bits), .. Chunk("IDAT", Compress(rows)), .. Chunk("IEND", [])];
    }

    private static byte[] Header(int width, int height, byte colorType, byte bits = 8)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bits, colorType);
        return Chunk("IHDR", header);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return target.ToArray();
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        System.Text.Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc32(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
