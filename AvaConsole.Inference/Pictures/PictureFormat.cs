namespace AvaConsole.Inference.Pictures;

/// <summary>The pixels that a model wants.</summary>
/// <param name="Width">Pixels; 0 for the picture's own, with <see cref="PictureFit.None"/> alone.</param>
/// <param name="Height">As <paramref name="Width"/>.</param>
/// <param name="Color">Channels and their order.</param>
/// <param name="Fit">What happens where the picture's proportions are others.</param>
public sealed record PictureFormat(int Width, int Height, PictureColor Color, PictureFit Fit)
{
    public int Channels => Color == PictureColor.Grey ? 1 : 3;

    /// <summary>Under transparent parts.</summary>
    public Rgb Background { get; init; } = Rgb.White;

    /// <summary>At the borders of <see cref="PictureFit.Contain"/>; null: the background.</summary>
    public Rgb? Padding { get; init; }

    /// <summary>Pixels of the shorter side before <see cref="PictureFit.Crop"/> cuts; null: the longer side of the size.</summary>
    public int? ShortSide { get; init; }

    public bool IsAnySize => Width == 0 || Height == 0;

    /// <summary>Pixels of the shorter side, at least.</summary>
    public int MinSide { get; init; } = PictureDecoder.MinSide;

    /// <summary>Pixels of the longer side, at most.</summary>
    public int MaxSide { get; init; } = PictureDecoder.MaxSide;
}

public enum PictureColor
{
    Grey,
    Rgb,
    Bgr,
}

public enum PictureFit
{
    /// <summary>Proportions are given up.</summary>
    Stretch,

    /// <summary>Fills the size; what sticks out on two sides is cut off.</summary>
    Cover,

    /// <summary>Fits into the size; borders are filled.</summary>
    Contain,

    /// <summary>The shorter side becomes as long as the description says; then the centre is cut out.</summary>
    Crop,

    /// <summary>The picture must have the size.</summary>
    None,
}
