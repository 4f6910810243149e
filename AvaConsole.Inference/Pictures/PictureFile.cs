using System.Buffers.Binary;

namespace AvaConsole.Inference.Pictures;

/// <summary>Which of the accepted formats a file's first bytes announce. Names of files and media types of requests are not believed.</summary>
internal static class PictureFile
{
    public const string JpegLoader = "jpegload_buffer";
    public const string TiffLoader = "tiffload_buffer";

    /// <summary>The libvips operation that reads it; null for anything that is not accepted.</summary>
    public static string? Loader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return JpegLoader;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]))
        {
            return "pngload_buffer";
        }

        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
        {
            return "gifload_buffer";
        }

        if (bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8))
        {
            return "webpload_buffer";
        }

        if (IsAvif(bytes))
        {
            return "heifload_buffer";
        }

        return bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) ? TiffLoader : null;
    }

    // ISO 14496-12: length, "ftyp", the main brand, a version, compatible brands. HEIC files begin alike and are not accepted.
    private static bool IsAvif(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16 || !bytes[4..].StartsWith("ftyp"u8) || BinaryPrimitives.ReadUInt32BigEndian(bytes) is var length && (length < 16 || length > bytes.Length))
        {
            return false;
        }

        for (var brand = 8; brand + 4 <= length; brand += brand == 8 ? 8 : 4)
        {
            if (bytes[brand..].StartsWith("avif"u8) || bytes[brand..].StartsWith("avis"u8))
            {
                return true;
            }
        }

        return false;
    }
}
