namespace AvaConsole.Inference.Pictures;

/// <summary>What is done to an opened picture, in its order. Each step costs a fraction of a millisecond even for the smallest picture: only those that change something are taken.</summary>
internal sealed class PictureSteps(VipsImage first) : IDisposable
{
    // Values of libvips' enumerations.
    private const int SizeForce = 3;
    private const int ExtendBackground = 5;
    private const int FormatByte = 0;

    // None is let go before the last has its pixels.
    private readonly List<VipsImage> _made = [];

    public VipsImage Current => _made.Count > 0 ? _made[^1] : first;

    /// <summary>Upright, at its new size, in the wanted colours, without transparency, cut or framed.</summary>
    public void Apply(PictureFormat format, PicturePlacement placement)
    {
        Take(current => current.Width != placement.Width || current.Height != placement.Height || current.Orientation > 1, current => Resize(current, placement));

        // Colours first: only then is a background of 0–255 in the picture's own units.
        Take(current => current.Interpretation != VipsImage.Rgb && (current.Interpretation != VipsImage.Grey || format.Channels == 3), ToRgb);
        Take(current => current.Format != FormatByte, Cast);
        Take(current => current.HasAlpha, current => Flatten(current, format.Background));
        Take(current => format.Channels == 1 && current.Interpretation != VipsImage.Grey, ToGrey);
        Take(current => current.Bands != format.Channels, current => TakeBands(current, format.Channels));
        Take(current => current.Width > placement.TargetWidth || current.Height > placement.TargetHeight, current => Cut(current, placement));
        Take(
            current => current.Width != placement.TargetWidth || current.Height != placement.TargetHeight,
            current => Frame(current, placement, format.Padding ?? format.Background));
    }

    public void Dispose() => _made.ForEach(image => image.Dispose());

    private void Take(Func<VipsImage, bool> isNeeded, Func<VipsImage, VipsImage> make)
    {
        if (isNeeded(Current))
        {
            _made.Add(make(Current));
        }
    }

    // Turns it upright by its EXIF orientation, too.
    private static VipsImage Resize(VipsImage image, PicturePlacement placement)
    {
        using var operation = new VipsOperation("thumbnail_image")
            .Set("in", image)
            .Set("width", placement.Width)
            .Set("height", placement.Height)
            .Set("size", SizeForce);
        return operation.Run();
    }

    private static VipsImage ToRgb(VipsImage image) => ToColors(image, VipsImage.Rgb);

    private static VipsImage ToGrey(VipsImage image) => ToColors(image, VipsImage.Grey);

    private static VipsImage ToColors(VipsImage image, int space)
    {
        using var operation = new VipsOperation("colourspace").Set("in", image).Set("space", space);
        return operation.Run();
    }

    private static VipsImage Cast(VipsImage image)
    {
        using var operation = new VipsOperation("cast").Set("in", image).Set("format", FormatByte);
        return operation.Run();
    }

    private static VipsImage Flatten(VipsImage image, Rgb background)
    {
        using var operation = new VipsOperation("flatten").Set("in", image).Set("background", Values(background, image.Bands - 1));
        return operation.Run();
    }

    private static VipsImage TakeBands(VipsImage image, int count)
    {
        using var operation = new VipsOperation("extract_band").Set("in", image).Set("band", 0).Set("n", count);
        return operation.Run();
    }

    private static VipsImage Cut(VipsImage image, PicturePlacement placement)
    {
        using var operation = new VipsOperation("extract_area")
            .Set("input", image)
            .Set("left", Math.Max(0, -placement.Left))
            .Set("top", Math.Max(0, -placement.Top))
            .Set("width", Math.Min(image.Width, placement.TargetWidth))
            .Set("height", Math.Min(image.Height, placement.TargetHeight));
        return operation.Run();
    }

    private static VipsImage Frame(VipsImage image, PicturePlacement placement, Rgb color)
    {
        using var operation = new VipsOperation("embed")
            .Set("in", image)
            .Set("x", Math.Max(0, placement.Left))
            .Set("y", Math.Max(0, placement.Top))
            .Set("width", placement.TargetWidth)
            .Set("height", placement.TargetHeight)
            .Set("extend", ExtendBackground)
            .Set("background", Values(color, image.Bands));
        return operation.Run();
    }

    // Grey is the colour's brightness (ITU-R BT.709, as libvips has it for sRGB).
    private static double[] Values(Rgb color, int bands) => bands >= 3
        ? [color.R, color.G, color.B]
        : [Math.Round((0.2126 * color.R) + (0.7152 * color.G) + (0.0722 * color.B))];
}
