using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Pipelines.Results;
using AvaConsole.Inference.Pipelines.Results.Detecting;

namespace AvaConsole.Inference.Pipelines.Ensembles;

/// <summary>A part of the original picture that is cut out for a box.</summary>
/// <param name="Detection">Index of the box among those that were found.</param>
internal readonly record struct Crop(int Detection, PictureRegion Region);

/// <summary>Chooses the boxes that a step is run on, and what of the picture belongs to each.</summary>
internal static class CropSelection
{
    private const int DefaultMaxCrops = 16;

    /// <param name="found">Best first, in pixels of the picture.</param>
    /// <returns>In the same order. Boxes that are too small to be a picture are left out.</returns>
    public static List<Crop> Choose(IReadOnlyList<Detection> found, EnsembleStep step, ClassNames names, int width, int height)
    {
        var crops = new List<Crop>();
        for (var index = 0; index < found.Count && crops.Count < (step.MaxCrops ?? DefaultMaxCrops); index++)
        {
            if ((step.Classes.Count == 0 || step.Classes.Contains(names[found[index].Class], StringComparer.Ordinal))
                && RegionOf(found[index].Box, step.Margin ?? 0, width, height) is { } region)
            {
                crops.Add(new Crop(index, region));
            }
        }

        return crops;
    }

    /// <summary>Every pixel that the box touches, with the margin, inside the picture; null for less than a picture needs.</summary>
    private static PictureRegion? RegionOf(Box box, float margin, int width, int height)
    {
        var (beyondX, beyondY) = ((box.Right - box.Left) * margin, (box.Bottom - box.Top) * margin);
        var wide = new Box(box.Left - beyondX, box.Top - beyondY, box.Right + beyondX, box.Bottom + beyondY).ClipTo(width, height);
        var (left, top) = ((int)MathF.Floor(wide.Left), (int)MathF.Floor(wide.Top));
        var region = new PictureRegion(left, top, (int)MathF.Ceiling(wide.Right) - left, (int)MathF.Ceiling(wide.Bottom) - top);
        return region.Width >= PictureDecoder.MinSide && region.Height >= PictureDecoder.MinSide ? region : null;
    }
}
