using AvaConsole.Core.Common;

namespace AvaConsole.Inference.Pictures;

/// <summary>
/// Turns the bytes of a picture file (JPEG, PNG, WebP, GIF, TIFF; BMP in its plain forms) into the pixels that a model wants. The header is
/// read first: a small file that would unfold to gigabytes is refused before any pixel is.
/// </summary>
/// <remarks>
/// The first frame or page only; turned upright by its EXIF orientation; transparent parts on the format's background; colour becomes grey by
/// its luminance. Any number of threads may decode at once.
/// </remarks>
public static class PictureDecoder
{
    public const int MaxBytes = 10 << 20;
    public const int MaxSide = 20_000;
    public const int MinSide = 2;
    public const int MaxMegapixels = 50;

    // Values of libvips' enumerations.
    private const int FailOnTruncated = 1;
    private const int AccessSequential = 1;
    private const int SizeForce = 3;
    private const int InterestingCentre = 1;
    private const int CompassCentre = 0;
    private const int ExtendBackground = 5;
    private const int InterpretationGrey = 1;
    private const int InterpretationRgb = 22;
    private const int FormatByte = 0;

    /// <returns>
    /// Interleaved bytes, row by row; errors <c>picture.not_a_picture</c>, <c>picture.too_many_bytes</c>, <c>picture.too_large</c>,
    /// <c>picture.too_many_pixels</c>, <c>picture.too_small</c> and <c>picture.truncated</c> with the entry's name as field.
    /// </returns>
    public static Result<byte[]> Decode(string entry, ReadOnlySpan<byte> file, PictureFormat format)
    {
        if (file.Length > MaxBytes)
        {
            return new InvalidError(entry, "picture.too_many_bytes", file.Length, MaxBytes >> 20);
        }

        try
        {
            return BmpFile.IsBmp(file) ? DecodeBmp(entry, file, format) : DecodeByVips(entry, file, format);
        }
        catch (VipsException)
        {
            return new InvalidError(entry, "picture.truncated");
        }
    }

    private static Result<byte[]> DecodeByVips(string entry, ReadOnlySpan<byte> file, PictureFormat format)
    {
        if (PictureFile.Loader(file) is not { } loader)
        {
            return new InvalidError(entry, "picture.not_a_picture");
        }

        using var opened = Load(loader, file, 1);
        if (CheckSize(entry, opened.Width, opened.Height) is { } refused)
        {
            return refused;
        }

        var shrink = loader == PictureFile.JpegLoader ? Shrink(opened, format) : 1;
        using var smaller = shrink > 1 ? Load(loader, file, shrink) : null;
        return ToPixels(smaller ?? opened, format);
    }

    private static Result<byte[]> DecodeBmp(string entry, ReadOnlySpan<byte> file, PictureFormat format)
    {
        if (BmpFile.TryReadHeader(file) is not { } bmp)
        {
            return new InvalidError(entry, "picture.not_a_picture");
        }

        if (CheckSize(entry, bmp.Width, bmp.Height) is { } refused)
        {
            return refused;
        }

        if (bmp.ReadPixels(file) is not { } pixels)
        {
            return new InvalidError(entry, "picture.truncated");
        }

        using var image = VipsImage.FromRgb(pixels, bmp.Width, bmp.Height);
        return ToPixels(image, format);
    }

    private static InvalidError? CheckSize(string entry, int width, int height)
    {
        if (width > MaxSide || height > MaxSide)
        {
            return new InvalidError(entry, "picture.too_large", width, height, MaxSide);
        }

        if ((long)width * height > MaxMegapixels * 1_000_000L)
        {
            return new InvalidError(entry, "picture.too_many_pixels", width, height, MaxMegapixels);
        }

        return width < MinSide || height < MinSide ? new InvalidError(entry, "picture.too_small", width, height, MinSide) : null;
    }

    private static byte[] ToPixels(VipsImage image, PictureFormat format)
    {
        var background = format.WhiteBackground ? 255.0 : 0.0;
        var space = format.Channels == 1 ? InterpretationGrey : InterpretationRgb;

        // Each step costs a fraction of a millisecond even for the smallest picture: only those that change something.
        using var steps = new Steps(image);
        steps.Take(current => current.Width != format.Width || current.Height != format.Height || current.Orientation > 1, current => Resize(current, format));
        steps.Take(current => current.HasAlpha, current => Flatten(current, background));
        steps.Take(current => current.Interpretation != space, current => Colorspace(current, space));
        steps.Take(current => current.Format != FormatByte, Cast);
        steps.Take(current => current.Bands != format.Channels, current => TakeBands(current, format.Channels));
        steps.Take(current => current.Width != format.Width || current.Height != format.Height, current => Frame(current, format, background));
        var pixels = steps.Current.ToPixels();
        if (pixels.Length != format.Width * format.Height * format.Channels)
        {
            throw new InvalidOperationException("libvips gave another number of pixels than was asked for.");
        }

        if (format.Color == PictureColor.Bgr)
        {
            SwapRedAndBlue(pixels);
        }

        return pixels;
    }

    /// <summary>Reads the header; the pixels come when they are asked for.</summary>
    private static VipsImage Load(string loader, ReadOnlySpan<byte> file, int shrink)
    {
        using var operation = new VipsOperation(loader).Set("buffer", file).Set("access", AccessSequential).Set("fail_on", FailOnTruncated);
        if (shrink > 1)
        {
            operation.Set("shrink", shrink);
        }

        return operation.Run();
    }

    // A JPEG can be decoded at a half, a quarter or an eighth of its size for far less work. Twice the wanted size is left to the resize, which
    // is what libvips' own thumbnail_buffer does; that one does not notice when a file is cut off.
    private static int Shrink(VipsImage image, PictureFormat format)
    {
        var spare = Math.Min(image.Width, image.Height) / (2.0 * Math.Max(format.Width, format.Height));
        return spare switch { >= 8 => 8, >= 4 => 4, >= 2 => 2, _ => 1 };
    }

    private static VipsImage Resize(VipsImage image, PictureFormat format)
    {
        using var operation = new VipsOperation("thumbnail_image")
            .Set("in", image)
            .Set("width", format.Width)
            .Set("height", format.Height);
        switch (format.Fit)
        {
            case PictureFit.Stretch:
                operation.Set("size", SizeForce);
                break;
            case PictureFit.Cover:
                operation.Set("crop", InterestingCentre);
                break;
        }

        return operation.Run();
    }

    private static VipsImage Flatten(VipsImage image, double background)
    {
        using var operation = new VipsOperation("flatten").Set("in", image).Set("background", [background]);
        return operation.Run();
    }

    private static VipsImage Colorspace(VipsImage image, int space)
    {
        using var operation = new VipsOperation("colourspace").Set("in", image).Set("space", space);
        return operation.Run();
    }

    private static VipsImage Cast(VipsImage image)
    {
        using var operation = new VipsOperation("cast").Set("in", image).Set("format", FormatByte);
        return operation.Run();
    }

    private static VipsImage TakeBands(VipsImage image, int count)
    {
        using var operation = new VipsOperation("extract_band").Set("in", image).Set("band", 0).Set("n", count);
        return operation.Run();
    }

    private static VipsImage Frame(VipsImage image, PictureFormat format, double background)
    {
        using var operation = new VipsOperation("gravity")
            .Set("in", image)
            .Set("direction", CompassCentre)
            .Set("width", format.Width)
            .Set("height", format.Height)
            .Set("extend", ExtendBackground)
            .Set("background", [background]);
        return operation.Run();
    }

    private static void SwapRedAndBlue(byte[] pixels)
    {
        for (var index = 0; index + 2 < pixels.Length; index += 3)
        {
            (pixels[index], pixels[index + 2]) = (pixels[index + 2], pixels[index]);
        }
    }

    /// <summary>The images on the way; none is let go before the last has its pixels.</summary>
    private sealed class Steps(VipsImage first) : IDisposable
    {
        private readonly List<VipsImage> _made = [];

        public VipsImage Current => _made.Count > 0 ? _made[^1] : first;

        public void Take(Func<VipsImage, bool> isNeeded, Func<VipsImage, VipsImage> make)
        {
            if (isNeeded(Current))
            {
                _made.Add(make(Current));
            }
        }

        public void Dispose() => _made.ForEach(image => image.Dispose());
    }
}
