using System.Buffers.Binary;

namespace AvaConsole.Inference.Pictures;

/// <summary>
/// Reads uncompressed BMP files of 8, 24 and 32 bits, which AVA's callers send and libvips does not read. The size is checked by the caller
/// between <see cref="TryReadHeader"/> and <see cref="ReadPixels"/>.
/// </summary>
internal sealed class BmpFile
{
    private const int FileHeader = 14;
    private const int InfoHeader = 40;

    private int _pixels;
    private int _bits;
    private int _palette;
    private bool _topDown;

    public int Width { get; private init; }

    public int Height { get; private init; }

    private int Stride => ((Width * _bits) + 31) / 32 * 4;

    public static bool IsBmp(ReadOnlySpan<byte> file) => file.Length > FileHeader + InfoHeader && file.StartsWith("BM"u8);

    /// <summary>Null where it is of another kind or no BMP at all.</summary>
    public static BmpFile? TryReadHeader(ReadOnlySpan<byte> file)
    {
        var info = file[FileHeader..];
        var headerSize = BinaryPrimitives.ReadInt32LittleEndian(info);
        var height = BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        var bmp = new BmpFile
        {
            Width = BinaryPrimitives.ReadInt32LittleEndian(info[4..]),
            Height = height == int.MinValue ? 0 : Math.Abs(height),
            _topDown = height < 0,
            _bits = BinaryPrimitives.ReadInt16LittleEndian(info[14..]),
            _pixels = BinaryPrimitives.ReadInt32LittleEndian(file[10..]),
            _palette = FileHeader + headerSize,
        };
        var compression = BinaryPrimitives.ReadInt32LittleEndian(info[16..]);
        var known = headerSize is >= InfoHeader and <= 124 && compression == 0 && bmp._bits is 8 or 24 or 32 && bmp is { Width: > 0, Height: > 0 };
        return known ? bmp : null;
    }

    /// <summary>RGB, row by row from the top; null where the file ends before its pixels do.</summary>
    public byte[]? ReadPixels(ReadOnlySpan<byte> file)
    {
        var stride = Stride;
        if (_pixels < FileHeader + InfoHeader || (long)_pixels + ((long)stride * Height) > file.Length || (_bits == 8 && _palette + 1024 > file.Length))
        {
            return null;
        }

        var pixels = new byte[Width * Height * 3];
        for (var row = 0; row < Height; row++)
        {
            var source = file.Slice(_pixels + ((_topDown ? row : Height - 1 - row) * stride), stride);
            for (var column = 0; column < Width; column++)
            {
                // Stored as blue, green, red and, with 32 bits, a byte without meaning; with 8 bits as an index of such a group of four.
                var color = _bits == 8 ? file.Slice(_palette + (source[column] * 4), 3) : source.Slice(column * (_bits / 8), 3);
                var target = pixels.AsSpan(((row * Width) + column) * 3, 3);
                (target[0], target[1], target[2]) = (color[2], color[1], color[0]);
            }
        }

        return pixels;
    }
}
