using AvaConsole.Core.Common;

namespace AvaConsole.Inference.Pictures;

/// <summary>
/// Turns the bytes of a picture file (JPEG, PNG, WebP, AVIF, GIF, TIFF; BMP in its plain forms) into the pixels that a model wants. The header is
/// read first: a small file that would unfold to gigabytes is refused before any pixel is.
/// </summary>
/// <remarks>
/// The first frame or page only; turned upright by its EXIF orientation; transparent parts on the format's background; colour becomes grey by
/// its luminance. Any number of threads may decode at once.
/// </remarks>
internal static class PictureDecoder
{
    public const int MaxBytes = 10 << 20;
    public const int MaxSide = 20_000;
    public const int MinSide = 2;
    public const int MaxMegapixels = 50;

    // Values of libvips' enumerations.
    private const int FailOnTruncated = 1;
    private const int FailOnError = 2;
    private const int AccessSequential = 1;

    /// <returns>
    /// The picture in red, green and blue or in grey; errors <c>picture.not_a_picture</c>, <c>picture.too_many_bytes</c>, <c>picture.too_large</c>,
    /// <c>picture.too_many_pixels</c>, <c>picture.too_small</c>, <c>picture.too_long</c>, <c>picture.size_differs</c> and <c>picture.truncated</c>
    /// with the entry's name as field.
    /// </returns>
    public static Result<DecodedPicture> Read(string entry, ReadOnlySpan<byte> file, PictureFormat format)
    {
        if (file.Length > MaxBytes)
        {
            return new InvalidError(entry, "picture.too_many_bytes", file.Length, MaxBytes >> 20);
        }

        try
        {
            return BmpFile.IsBmp(file) ? ReadBmp(entry, file, format) : ReadByVips(entry, file, format);
        }
        catch (VipsException)
        {
            return new InvalidError(entry, "picture.truncated");
        }
    }

    /// <summary>A part of a picture, as if it were a picture of its own.</summary>
    /// <param name="whole">In red, green and blue, at its own size.</param>
    /// <param name="region">Inside it; at least <see cref="MinSide"/> each way.</param>
    /// <returns>Error <c>picture.size_differs</c> where the format resizes nothing and the region has another size.</returns>
    public static Result<DecodedPicture> Cut(string entry, DecodedPicture whole, PictureRegion region, PictureFormat format)
    {
        var (width, stride) = (region.Width * 3, whole.Placement.TargetWidth * 3);
        var pixels = new byte[width * region.Height];
        for (var row = 0; row < region.Height; row++)
        {
            whole.Pixels.Slice(((region.Top + row) * stride) + (region.Left * 3), width).CopyTo(pixels.AsSpan(row * width));
        }

        if (PicturePlacement.Find(region.Width, region.Height, format) is not { } placement)
        {
            return new InvalidError(entry, "picture.size_differs", region.Width, region.Height, format.Width, format.Height);
        }

        using var image = VipsImage.FromBytes(pixels, region.Width, region.Height);
        return ToPicture(image, format, placement);
    }

    private static Result<DecodedPicture> ReadByVips(string entry, ReadOnlySpan<byte> file, PictureFormat format)
    {
        if (PictureFile.Loader(file) is not { } loader)
        {
            return new InvalidError(entry, "picture.not_a_picture");
        }

        using var opened = Load(loader, file, 1);
        var placed = Place(entry, opened.Width, opened.Height, opened.Orientation, format);
        if (!placed.IsSuccess)
        {
            return placed.Error;
        }

        var shrink = loader == PictureFile.JpegLoader ? Shrink(placed.Value) : 1;
        using var smaller = shrink > 1 ? Load(loader, file, shrink) : null;
        return ToPicture(smaller ?? opened, format, placed.Value);
    }

    private static Result<DecodedPicture> ReadBmp(string entry, ReadOnlySpan<byte> file, PictureFormat format)
    {
        if (BmpFile.TryReadHeader(file) is not { } bmp)
        {
            return new InvalidError(entry, "picture.not_a_picture");
        }

        var placed = Place(entry, bmp.Width, bmp.Height, 1, format);
        if (!placed.IsSuccess)
        {
            return placed.Error;
        }

        if (bmp.ReadPixels(file) is not { } pixels)
        {
            return new InvalidError(entry, "picture.truncated");
        }

        using var image = VipsImage.FromBytes(pixels, bmp.Width, bmp.Height);
        return ToPicture(image, format, placed.Value);
    }

    /// <summary>Checks the size that the header says; no pixel is decoded yet.</summary>
    private static Result<PicturePlacement> Place(string entry, int width, int height, int orientation, PictureFormat format)
    {
        if (width > format.MaxSide || height > format.MaxSide)
        {
            return new InvalidError(entry, "picture.too_large", width, height, format.MaxSide);
        }

        if ((long)width * height > MaxMegapixels * 1_000_000L)
        {
            return new InvalidError(entry, "picture.too_many_pixels", width, height, MaxMegapixels);
        }

        if (width < format.MinSide || height < format.MinSide)
        {
            return new InvalidError(entry, "picture.too_small", width, height, format.MinSide);
        }

        // EXIF: from 5 on it lies on its side.
        var (upright, lying) = orientation >= 5 ? (height, width) : (width, height);
        return PicturePlacement.Find(upright, lying, format) is { } placement
            ? (long)placement.Width * placement.Height <= MaxMegapixels * 1_000_000L
                ? placement
                : new InvalidError(entry, "picture.too_long", width, height, placement.Width, placement.Height)
            : new InvalidError(entry, "picture.size_differs", upright, lying, format.Width, format.Height);
    }

    private static DecodedPicture ToPicture(VipsImage image, PictureFormat format, PicturePlacement placement)
    {
        using var steps = new PictureSteps(image);
        steps.Apply(format, placement);
        var pixels = steps.Current.ToPixels();
        if (pixels.Span.Length == placement.TargetWidth * placement.TargetHeight * format.Channels)
        {
            return new DecodedPicture(pixels, placement);
        }

        pixels.Dispose();
        throw new InvalidOperationException("libvips gave another number of pixels than was asked for.");
    }

    /// <summary>Reads the header; the pixels come when they are asked for.</summary>
    private static VipsImage Load(string loader, ReadOnlySpan<byte> file, int shrink)
    {
        // A TIFF whose strips lie beyond its end is no truncation to libtiff, but an error that it reads over.
        var failOn = loader == PictureFile.TiffLoader ? FailOnError : FailOnTruncated;
        using var operation = new VipsOperation(loader).Set("buffer", file).Set("access", AccessSequential).Set("fail_on", failOn);
        if (shrink > 1)
        {
            operation.Set("shrink", shrink);
        }

        return operation.Run();
    }

    // A JPEG can be decoded at a half, a quarter or an eighth of its size for far less work. Twice the wanted size is left to the resize, which
    // is what libvips' own thumbnail_buffer does; that one does not notice when a file is cut off.
    private static int Shrink(PicturePlacement placement)
    {
        var spare = Math.Min((double)placement.OriginalWidth / placement.Width, (double)placement.OriginalHeight / placement.Height) / 2;
        return spare switch { >= 8 => 8, >= 4 => 4, >= 2 => 2, _ => 1 };
    }
}
