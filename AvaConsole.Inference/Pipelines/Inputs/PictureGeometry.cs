using AvaConsole.Inference.Pictures;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>
/// Where a picture's pixels went in the model's input: <c>target = original × scale + offset</c>. Coordinates are those of edges, not of
/// centres: a picture reaches from 0 to its width.
/// </summary>
/// <param name="OriginalWidth">Pixels, after EXIF orientation.</param>
/// <param name="OriginalHeight">Pixels, after EXIF orientation.</param>
/// <param name="TargetWidth">Pixels of the model's input.</param>
/// <param name="TargetHeight">Pixels of the model's input.</param>
/// <param name="OffsetX">Above 0 where there is a border on the left, below 0 where the left is cut off.</param>
/// <param name="OffsetY">As <paramref name="OffsetX"/>, of the top.</param>
internal sealed record PictureGeometry(
    int OriginalWidth, int OriginalHeight, int TargetWidth, int TargetHeight, double ScaleX, double ScaleY, double OffsetX, double OffsetY)
{
    public static PictureGeometry Of(PicturePlacement placement) => new(
        placement.OriginalWidth,
        placement.OriginalHeight,
        placement.TargetWidth,
        placement.TargetHeight,
        (double)placement.Width / placement.OriginalWidth,
        (double)placement.Height / placement.OriginalHeight,
        placement.Left,
        placement.Top);

    /// <summary>Of a part of a picture, seen from the whole picture.</summary>
    public PictureGeometry Within(PictureRegion region, int width, int height) => this with
    {
        OriginalWidth = width,
        OriginalHeight = height,
        OffsetX = OffsetX - (region.Left * ScaleX),
        OffsetY = OffsetY - (region.Top * ScaleY),
    };

    /// <summary>A point of the model's input, in pixels, to one of the original picture; may lie outside of it.</summary>
    public (double X, double Y) ToOriginal(double x, double y) => ((x - OffsetX) / ScaleX, (y - OffsetY) / ScaleY);

    /// <summary>A point of the original picture to one of the model's input.</summary>
    public (double X, double Y) ToTarget(double x, double y) => ((x * ScaleX) + OffsetX, (y * ScaleY) + OffsetY);
}
