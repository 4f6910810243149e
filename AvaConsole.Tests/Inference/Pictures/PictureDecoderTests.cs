using AvaConsole.Core.Common;
using AvaConsole.Inference.Pictures;
using AvaConsole.Tests.Inference.Support;

namespace AvaConsole.Tests.Inference.Pictures;

public sealed class PictureDecoderTests
{
    private static readonly PictureFormat s_rgb = new(4, 4, PictureColor.Rgb, PictureFit.Stretch);
    private static readonly PictureFormat s_grey = s_rgb with { Color = PictureColor.Grey };

    [Fact]
    public void Decode_RedPicture_GivesRedGreenBlue() =>
        Assert.Equal(Enumerable.Repeat<byte[]>([255, 0, 0], 16).SelectMany(pixel => pixel), Decode(TestPictures.Rgb(9, 7, TestPictures.Red), s_rgb));

    [Fact]
    public void Decode_SameSize_KeepsEveryPixel()
    {
        var picture = TestPictures.Grey(16, 16, (x, y) => (byte)((y * 16) + x));

        Assert.Equal(Enumerable.Range(0, 256).Select(value => (byte)value), Decode(picture, s_grey with { Width = 16, Height = 16 }));
    }

    [Fact]
    public void Decode_GreyPictureForColorModel_RepeatsTheValue() =>
        Assert.Equal(Enumerable.Repeat((byte)100, 48), Decode(TestPictures.Grey(4, 4, (_, _) => 100), s_rgb));

    [Fact]
    public void Decode_NeutralColorPictureForGreyModel_KeepsTheValue() =>
        Assert.All(Decode(TestPictures.Rgb(4, 4, (100, 100, 100)), s_grey), value => Assert.InRange(value, 99, 101));

    [Theory]
    [InlineData(true, 255)]
    [InlineData(false, 0)]
    public void Decode_TransparentPicture_ShowsTheBackground(bool white, byte expected) =>
        Assert.Equal(
            Enumerable.Repeat(expected, 48), Decode(TestPictures.Rgba(6, 6, TestPictures.Red, 0), s_rgb with { Background = white ? Rgb.White : Rgb.Black }));

    [Fact]
    public void Decode_OpaquePictureWithAlpha_KeepsItsColor() =>
        Assert.Equal([0, 255, 0], Decode(TestPictures.Rgba(6, 6, TestPictures.Green, 255), s_rgb)[..3]);

    [Fact]
    public void Decode_Contain_FillsTheBorders()
    {
        // Twice as wide as high: a quarter of the height stays free above and below.
        var pixels = Decode(TestPictures.Grey(16, 8, (_, _) => 50), s_grey with { Width = 8, Height = 8, Fit = PictureFit.Contain });

        Assert.Equal([255, 255, 50, 50, 50, 50, 255, 255], Enumerable.Range(0, 8).Select(row => pixels[(row * 8) + 4]));
    }

    [Fact]
    public void Decode_Cover_CutsTheSides()
    {
        var pixels = Decode(TestPictures.Grey(32, 8, (x, _) => (byte)(x is < 8 or >= 24 ? 255 : 50)), s_grey with { Width = 8, Height = 8, Fit = PictureFit.Cover });

        Assert.All(Enumerable.Range(1, 6), column => Assert.Equal(50, pixels[(3 * 8) + column]));
    }

    [Fact]
    public void Decode_ExifSaysTurned_TurnsItUpright()
    {
        // Dark on the left; orientation 6 means that the camera was turned, and left is really above.
        var picture = TestPictures.WithOrientation(TestPictures.Grey(16, 16, (x, _) => (byte)(x < 8 ? 0 : 255)), 6);

        var pixels = Decode(picture, s_grey);

        Assert.True(pixels[1] < 60 && pixels[2] < 60, "above is dark");
        Assert.True(pixels[13] > 200 && pixels[14] > 200, "below is light");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_EachFormat_ShowsItsColor(string format, byte[] picture)
    {
        var pixels = Decode(picture, s_rgb);

        // JPEG and WebP lose a little.
        byte[] color = [200, 30, 60];
        Assert.True(pixels.Select((value, index) => Math.Abs(value - color[index % 3])).Max() <= 3, $"{format}: {string.Join(' ', pixels)}");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_EachFormatCutOff_SaysSo(string format, byte[] picture)
    {
        Assert.Contains(Refusal(picture[..(picture.Length - Math.Min(picture.Length / 4, 60))]).Code, (string[])["picture.truncated"]);
        Assert.NotEmpty(format);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(32)]
    public void Decode_Bmp_IsReadFromTheBottom(short bits)
    {
        var pixels = Decode(TestPictures.Bmp(4, 4, bits, (_, y) => y < 2 ? TestPictures.Red : TestPictures.Blue), s_rgb);

        Assert.Equal([255, 0, 0], pixels[..3]);
        Assert.Equal([0, 0, 255], pixels[^3..]);
    }

    [Fact]
    public void Decode_NotAPicture_SaysSo()
    {
        Assert.Equal("picture.not_a_picture", Refusal("<svg/>"u8.ToArray()).Code);
        Assert.Equal("picture.not_a_picture", Refusal([]).Code);
    }

    [Fact]
    public void Decode_OnePixel_IsTooSmall() => AssertRefused(TestPictures.Rgb(1, 1, TestPictures.Red), "picture.too_small", 1, 1, 2);

    [Fact]
    public void Decode_ThirtyThousandWide_IsTooLarge() => AssertRefused(TestPictures.Grey(30_000, 2, (_, _) => 0), "picture.too_large", 30_000, 2, 20_000);

    [Fact]
    public void Decode_FourHundredMegapixels_IsRefusedByItsHeader() =>
        AssertRefused(TestPictures.Claiming(20_000, 20_000), "picture.too_many_pixels", 20_000, 20_000, 50);

    [Fact]
    public void Decode_ElevenMebibytes_IsRefused() =>
        AssertRefused(new byte[11 << 20], "picture.too_many_bytes", 11 << 20, 10);

    [Fact]
    public void Decode_CutOff_SaysSo()
    {
        var picture = TestPictures.Grey(64, 64, (x, y) => (byte)((x * 31) ^ (y * 17)));

        Assert.Equal("picture.truncated", Refusal(picture[..(picture.Length / 2)]).Code);
        Assert.Equal("picture.truncated", Refusal(picture[..20]).Code);
    }

    [Theory]
    [InlineData(1, 0, 1, 2, 3, 4, 5)]
    [InlineData(2, 2, 1, 0, 5, 4, 3)]
    [InlineData(3, 5, 4, 3, 2, 1, 0)]
    [InlineData(4, 3, 4, 5, 0, 1, 2)]
    [InlineData(5, 0, 3, 1, 4, 2, 5)]
    [InlineData(6, 3, 0, 4, 1, 5, 2)]
    [InlineData(7, 5, 2, 4, 1, 3, 0)]
    [InlineData(8, 2, 5, 1, 4, 0, 3)]
    public void Read_EachExifOrientation_IsTurnedUpright(byte orientation, params int[] expected)
    {
        // Six fields of 8×8 in two rows of three, numbered by their brightness.
        var picture = TestPictures.WithOrientation(TestPictures.Grey(24, 16, (x, y) => (byte)(40 * ((x / 8) + (y / 8 * 3)))), orientation);
        var (columns, rows) = orientation >= 5 ? (2, 3) : (3, 2);

        using var read = Read(picture, new PictureFormat(0, 0, PictureColor.Grey, PictureFit.None));

        Assert.Equal((columns * 8, rows * 8), (read.Placement.OriginalWidth, read.Placement.OriginalHeight));
        var pixels = read.Pixels.ToArray();
        Assert.Equal(expected, Enumerable.Range(0, 6).Select(field => pixels[((((field / columns) * 8) + 4) * columns * 8) + ((field % columns) * 8) + 4] / 40));
    }

    [Fact]
    public void Read_Crop_ShortensTheShortSideThenCutsTheCentre()
    {
        // 40×20 becomes 20×10; of that the 8×8 in the middle stay.
        using var read = Read(TestPictures.Grey(40, 20, (x, _) => (byte)(x is >= 12 and < 28 ? 50 : 255)), s_grey with { Width = 8, Height = 8, Fit = PictureFit.Crop, ShortSide = 10 });

        Assert.Equal(new PicturePlacement(40, 20, 20, 10, -6, -1, 8, 8), read.Placement);
        Assert.All(Enumerable.Range(1, 6), column => Assert.InRange(read.Pixels[(3 * 8) + column], 45, 55));
    }

    [Fact]
    public void Read_Contain_FillsTheBordersWithItsOwnColor()
    {
        using var read = Read(
            TestPictures.Rgba(16, 8, TestPictures.Red, 0),
            s_rgb with { Width = 8, Height = 8, Fit = PictureFit.Contain, Background = new Rgb(1, 2, 3), Padding = new Rgb(114, 115, 116) });

        Assert.Equal([114, 115, 116], read.Pixels[..3].ToArray());
        Assert.Equal([1, 2, 3], read.Pixels[(4 * 8 * 3)..][..3].ToArray());
    }

    [Fact]
    public void Decode_NoResize_WantsTheExactSize()
    {
        AssertRefused(TestPictures.Grey(8, 6, (_, _) => 0), s_grey with { Width = 8, Height = 8, Fit = PictureFit.None }, "picture.size_differs", 8, 6, 8, 8);
        Assert.Equal(64, Decode(TestPictures.Grey(8, 8, (_, _) => 0), s_grey with { Width = 8, Height = 8, Fit = PictureFit.None }).Length);
    }

    [Fact]
    public void Decode_ThinPictureThatWouldGrow_IsRefused() =>
        AssertRefused(TestPictures.Grey(20_000, 2, (_, _) => 0), s_grey with { Width = 512, Height = 512, Fit = PictureFit.Cover }, "picture.too_long", 20_000, 2, 5_120_000, 512);

    [Fact]
    public void Decode_OwnLimits_AreKept()
    {
        var avas = s_rgb with { MinSide = 33, MaxSide = 4999 };

        AssertRefused(TestPictures.Rgb(32, 40, TestPictures.Red), avas, "picture.too_small", 32, 40, 33);
        AssertRefused(TestPictures.Grey(5000, 40, (_, _) => 0), avas, "picture.too_large", 5000, 40, 4999);
        Assert.NotEmpty(Decode(TestPictures.Rgb(33, 33, TestPictures.Red), avas));
    }

    [Fact]
    public void Decode_SixteenBitsAndTransparent_ShowsTheBackground()
    {
        var picture = TestPictures.Rgba16(6, 6, 0x8080, 0);

        Assert.Equal(Enumerable.Repeat((byte)255, 48), Decode(picture, s_rgb));
        Assert.Equal(Enumerable.Repeat((byte)0, 16), Decode(picture, s_grey with { Background = Rgb.Black }));
    }

    [Fact]
    public void Decode_FileOfAnotherKindThanItSays_IsReadByItsBytesOrRefused()
    {
        Assert.Equal("picture.not_a_picture", Refusal("%PDF-1.7 ..................."u8.ToArray()).Code);
        Assert.Equal("picture.not_a_picture", Refusal([0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8]).Code);
        Assert.Equal("picture.truncated", Refusal([0xFF, 0xD8, 0xFF, .. TestPictures.Rgb(9, 7, TestPictures.Red)]).Code);
        Assert.Equal("picture.truncated", Refusal([0, 0, 0, 24, .. "ftypavif"u8, 0, 0, 0, 0, .. "mif1avif"u8]).Code);
    }

    [Fact]
    public void Decode_ManyThreads_AgreeAndKeepNothing()
    {
        var picture = TestPictures.Grey(200, 150, (x, y) => (byte)(x + y));
        var expected = Decode(picture, s_grey);

        Parallel.For(0, 400, _ => Assert.Equal(expected, Decode(picture, s_grey)));

        Assert.InRange(VipsMemory.AllocatedBytes(), 0, 1 << 20);
    }

    private static byte[] Decode(byte[] picture, PictureFormat format)
    {
        var decoded = Pixels.Decode("picture", picture, format);
        Assert.True(decoded.IsSuccess, $"{decoded.Error}");
        return decoded.Value;
    }

    private static DecodedPicture Read(byte[] picture, PictureFormat format)
    {
        var read = PictureDecoder.Read("picture", picture, format);
        Assert.True(read.IsSuccess, $"{read.Error}");
        return read.Value;
    }

    private static Problem Refusal(byte[] picture, PictureFormat? format = null)
    {
        var problem = InferenceParts.Problem(Pixels.Decode("picture", picture, format ?? s_rgb).Error);
        Assert.Equal("picture", problem.Field);
        return problem;
    }

    private static void AssertRefused(byte[] picture, string code, params object?[] args) => AssertRefused(picture, s_rgb, code, args);

    private static void AssertRefused(byte[] picture, PictureFormat format, string code, params object?[] args)
    {
        var problem = Refusal(picture, format);
        Assert.Equal(code, problem.Code);
        Assert.Equal(args, problem.Args);
    }

    /// <summary>64×48 pixels of (200, 30, 60), written by libvips.</summary>
    public static TheoryData<string, byte[]> Formats => new()
    {
        { "jpeg", Convert.FromBase64String(
            "/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhC" +
            "Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAwAEADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAA" +
            "AAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6" +
            "Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl" +
            "5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEI" +
            "FEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOk" +
            "paanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDJooorA+nCiiigAooooAKKKKACiiigAooo" +
            "oAKKKKACiiigAooooAKKKKACiiigAooooA//2Q==") },
        { "webp", Convert.FromBase64String(
            "UklGRiQBAABXRUJQVlA4WAoAAAAIAAAAPwAALwAAVlA4IEQAAACQAwCdASpAADAAPtForlIoJiQioqgBABoJZwDLaAd7tTT4REAAAP7paRQfFy//43j+5T/F" +
            "Pj/IIHGWXzbZqrHNbAAAAEVYSUa6AAAARXhpZgAASUkqAAgAAAAGABIBAwABAAAAAQAAABoBBQABAAAAVgAAABsBBQABAAAAXgAAACgBAwABAAAAAgAAABMC" +
            "AwABAAAAAQAAAGmHBAABAAAAZgAAAAAAAAA4YwAA6AMAADhjAADoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//" +
            "AAACoAQAAQAAAEAAAAADoAQAAQAAADAAAAAAAAAA") },
        { "avif", Convert.FromBase64String(
            "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAARdtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAA" +
            "AAABOwABAAAAAAAAACcAAgAAAAABYgABAAAAAAAAAL4AAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABhdjAxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5w" +
            "aXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAAEAAAAAwAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOB" +
            "AgMAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAO1tZGF0EgAKCTgVf72kBDQaQDIYEgJDSoAA8gAAl8mdVJZFG8GEHdGxUA3sAAAABkV4aWYAAElJKgAIAAAA" +
            "BgASAQMAAQAAAAEAAAAaAQUAAQAAAFYAAAAbAQUAAQAAAF4AAAAoAQMAAQAAAAIAAAATAgMAAQAAAAEAAABphwQAAQAAAGYAAAAAAAAAOGMAAOgDAAA4YwAA6AMA" +
            "AAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAABAAAAAA6AEAAEAAAAwAAAAAAAAAA==") },
        { "gif", Convert.FromBase64String(
            "R0lGODlhQAAwAIAAAExpccgePCH/C05FVFNDQVBFMi4wAwEAAAAh+QQFAAAAACwAAAAAQAAwAAACOYyPqcvtD6OctNqLs968+w+G4kiW5omm6sq27gvH8kzX" +
            "9o3n+s73/g8MCofEovGITCqXzKbzCY0mCwA7") },
        { "tiff", Convert.FromBase64String(
            "SUkqAGQAAAB4nO3QAQkAQAyAwCX5JOuPsT6GDLwEIm/nMupX0X8V/VfRfxX9V9F/Ff1X0X8V/VfRfxX9V9F/Ff1X0X8V/VfRfxX9V9F/Ff1X0X8V/VfRfxX9" +
            "V3H8/wdmaTZhABAAAAEDAAEAAABAAAAAAQEDAAEAAAAwAAAAAgEDAAMAAAA6AQAAAwEDAAEAAAAIAAAABgEDAAEAAAACAAAAEQEEAAEAAAAIAAAAEgEDAAEA" +
            "AAABAAAAFQEDAAEAAAADAAAAFgEDAAEAAACAAAAAFwEEAAEAAABbAAAAGgEFAAEAAAAqAQAAGwEFAAEAAAAyAQAAHAEDAAEAAAABAAAAKAEDAAEAAAACAAAA" +
            "PQEDAAEAAAACAAAAUwEDAAMAAABAAQAAAAAAADMzywAAAAgAMzPLAAAACAAIAAgACAABAAEAAQA=") },
        { "png with a palette", Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAMAAACWlYwtAAAAA1BMVEXIHjzD6Ll6AAAAtGVYSWZJSSoACAAAAAYAEgEDAAEAAAABAAAAGgEFAAEAAABWAAAA" +
            "GwEFAAEAAABeAAAAKAEDAAEAAAACAAAAEwIDAAEAAAABAAAAaYcEAAEAAABmAAAAAAAAADhjAADoAwAAOGMAAOgDAAAGAACQBwAEAAAAMDIxMAGRBwAEAAAA" +
            "AQIDAACgBwAEAAAAMDEwMAGgAwABAAAA//8AAAKgBAABAAAAQAAAAAOgBAABAAAAMAAAAAAAAAAwuYKfAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAGklEQVRI" +
            "ie3BgQAAAADDoPlTX+AIVQEAAHQNDDAAAWReGocAAAAASUVORK5CYII=") },
    };
}
