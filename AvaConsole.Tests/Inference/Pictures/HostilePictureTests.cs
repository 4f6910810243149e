using System.Buffers.Binary;
using AvaConsole.Inference.Pictures;
using AvaConsole.Tests.Inference.Support;

namespace AvaConsole.Tests.Inference.Pictures;

/// <summary>Small files that would unfold to gigabytes, or that say one thing and hold another.</summary>
public sealed class HostilePictureTests
{
    private static readonly PictureFormat s_format = new(8, 8, PictureColor.Rgb, PictureFit.Stretch);

    public static TheoryData<string, byte[], string> Bombs => new()
    {
        { "png", TestPictures.Claiming(60_000, 60_000), "picture.too_large" },
        { "png at the limit of its sides", TestPictures.Claiming(20_000, 19_999), "picture.too_many_pixels" },
        { "gif", Gif(65_535, 65_535), "picture.too_large" },
        { "bmp", Bmp(int.MaxValue, int.MaxValue), "picture.too_large" },
        { "bmp at the limit of its sides", Bmp(20_000, 20_000), "picture.too_many_pixels" },
        { "bmp without pixels", Bmp(100, 100), "picture.truncated" },
        { "bmp upside down and endless", Bmp(4, int.MinValue), "picture.not_a_picture" },
        { "jpeg", Jpeg(65_500, 65_500), "picture.too_large" },
        { "jpeg without pixels", Jpeg(1000, 1000), "picture.truncated" },
        { "webp", WebP(16_383, 16_383), "picture.too_many_pixels" },
        { "tiff", Tiff(60_000, 60_000), "picture.too_large" },
        { "tiff without pixels", Tiff(600, 600), "picture.truncated" },
        { "a header alone", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], "picture.truncated" },
        { "avif without a picture", [0, 0, 0, 28, .. "ftypavif"u8, 0, 0, 0, 0, .. "avifmif1miaf"u8, 255, 255, 255, 255, .. "meta"u8], "picture.truncated" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Decode_Bomb_IsRefusedBeforeItUnfolds(string kind, byte[] file, string code)
    {
        var before = VipsMemory.AllocatedBytes();

        var problem = InferenceParts.Problem(Pixels.Decode("picture", file, s_format).Error);

        Assert.True(code == problem.Code, $"{kind}: {problem}");
        Assert.True(VipsMemory.AllocatedBytes() - before < 64 << 20, "Pixels were decoded.");
    }

    private static byte[] Gif(ushort width, ushort height)
    {
        byte[] file = [.. "GIF89a"u8, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, (byte)',', 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0x44, 1, 0, (byte)';'];
        foreach (var place in (int[])[6, 24])
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(place), width);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(place + 2), height);
        }

        return file;
    }

    private static byte[] Bmp(int width, int height)
    {
        var file = TestPictures.Bmp(1, 1, 24, (_, _) => (1, 2, 3));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        return file;
    }

    // Start, one baseline frame of one grey component, start of its scan; no more.
    private static byte[] Jpeg(ushort width, ushort height)
    {
        byte[] file =
        [
            0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64), 0xFF, 0xC0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0,
            0xFF, 0xC4, 0, 20, 0, 1, .. new byte[15], 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0,
        ];
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(76), height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(78), width);
        return file;
    }

    // A lossless frame's first bits: 14 of width - 1, 14 of height - 1.
    private static byte[] WebP(int width, int height)
    {
        byte[] file = [.. "RIFF"u8, 26, 0, 0, 0, .. "WEBPVP8L"u8, 14, 0, 0, 0, 0x2F, 0, 0, 0, 0, .. new byte[9]];
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(21), (uint)((width - 1) | ((height - 1) << 14)));
        return file;
    }

    private static byte[] Tiff(int width, int height)
    {
        (ushort Tag, int Value)[] entries = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, width * height)];
        var file = new byte[8 + 2 + (entries.Length * 12) + 4];
        "II*\0"u8.CopyTo(file);
        file[4] = 8;
        file[8] = (byte)entries.Length;
        for (var index = 0; index < entries.Length; index++)
        {
            var entry = file.AsSpan(10 + (index * 12), 12);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, entries[index].Tag);
            entry[2] = 4; // A number of 32 bits.
            entry[4] = 1;
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], entries[index].Value);
        }

        return file;
    }
}
