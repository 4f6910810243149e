namespace AvaConsole.Inference.Pictures;

/// <summary>Where a picture goes in the size that a model wants: it is brought to a size of its own, then cut or framed.</summary>
/// <param name="OriginalWidth">Pixels, upright.</param>
/// <param name="OriginalHeight">Pixels, upright.</param>
/// <param name="Width">Pixels of the picture after resizing.</param>
/// <param name="Height">Pixels of the picture after resizing.</param>
/// <param name="Left">Of the picture in the target; below 0 where the left is cut off.</param>
/// <param name="Top">As <paramref name="Left"/>.</param>
/// <param name="TargetWidth">Pixels.</param>
/// <param name="TargetHeight">Pixels.</param>
internal sealed record PicturePlacement(
    int OriginalWidth, int OriginalHeight, int Width, int Height, int Left, int Top, int TargetWidth, int TargetHeight)
{
    /// <returns>Null where the format resizes nothing and the picture has another size.</returns>
    public static PicturePlacement? Find(int width, int height, PictureFormat format)
    {
        var (targetWidth, targetHeight) = format.IsAnySize ? (width, height) : (format.Width, format.Height);
        var byWidth = (double)targetWidth / width;
        var byHeight = (double)targetHeight / height;
        return format.Fit switch
        {
            PictureFit.Contain => Scaled(Math.Min(byWidth, byHeight), floor: 1),
            PictureFit.Cover => Scaled(Math.Max(byWidth, byHeight), floor: int.MaxValue),
            PictureFit.Crop => Scaled((double)(format.ShortSide ?? Math.Max(targetWidth, targetHeight)) / Math.Min(width, height), floor: int.MaxValue),
            PictureFit.None when (width, height) != (targetWidth, targetHeight) => null,
            _ => new(width, height, targetWidth, targetHeight, 0, 0, targetWidth, targetHeight),
        };

        // Rounding must neither leave a gap where the target is to be covered nor make a side vanish.
        PicturePlacement Scaled(double scale, int floor)
        {
            var newWidth = Math.Max((int)Math.Round(width * scale), Math.Min(targetWidth, floor));
            var newHeight = Math.Max((int)Math.Round(height * scale), Math.Min(targetHeight, floor));
            return new(width, height, newWidth, newHeight, Middle(targetWidth - newWidth), Middle(targetHeight - newHeight), targetWidth, targetHeight);
        }
    }

    private static int Middle(int spare) => spare >= 0 ? spare / 2 : -(-spare / 2);
}
