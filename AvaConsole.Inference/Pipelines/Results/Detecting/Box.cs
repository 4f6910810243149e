using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines.Results.Detecting;

/// <summary>A rectangle by its corners. It has an area only where right is beyond left and bottom beyond top.</summary>
internal readonly record struct Box(float Left, float Top, float Right, float Bottom)
{
    /// <summary>Neither empty nor turned inside out, and all four numbers finite.</summary>
    public bool HasArea => Right > Left && Bottom > Top && float.IsFinite(Right - Left) && float.IsFinite(Bottom - Top);

    public float Area => HasArea ? (Right - Left) * (Bottom - Top) : 0;

    public static Box From(BoxFormat format, float a, float b, float c, float d) => format switch
    {
        BoxFormat.Cxcywh => new Box(a - (c / 2), b - (d / 2), a + (c / 2), b + (d / 2)),
        BoxFormat.Xywh => new Box(a, b, a + c, b + d),
        BoxFormat.Yxyx => new Box(b, a, d, c),
        _ => new Box(a, b, c, d),
    };

    /// <summary>The part inside the given width and height.</summary>
    public Box ClipTo(float width, float height) =>
        new(Math.Clamp(Left, 0, width), Math.Clamp(Top, 0, height), Math.Clamp(Right, 0, width), Math.Clamp(Bottom, 0, height));

    /// <summary>Intersection over union, 0 to 1; 0 where either has no area.</summary>
    public float Iou(Box other)
    {
        var shared = new Box(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom)).Area;
        return shared > 0 ? shared / (Area + other.Area - shared) : 0;
    }
}

/// <summary>A box with its class, in whatever space its head gives: model pixels until it is mapped back.</summary>
internal readonly record struct Detection(int Class, float Score, Box Box);
