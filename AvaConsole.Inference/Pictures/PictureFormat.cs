namespace AvaConsole.Inference.Pictures;

/// <summary>The pixels that a model wants.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Color">Channels and their order.</param>
/// <param name="Fit">What happens where the picture's proportions are others.</param>
/// <param name="WhiteBackground">White under transparent parts and at the borders of <see cref="PictureFit.Contain"/>; else black.</param>
public sealed record PictureFormat(int Width, int Height, PictureColor Color, PictureFit Fit, bool WhiteBackground)
{
    public int Channels => Color == PictureColor.Grey ? 1 : 3;
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
