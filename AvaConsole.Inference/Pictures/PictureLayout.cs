namespace AvaConsole.Inference.Pictures;

public enum PictureLayout
{
    /// <summary>Channels are planes.</summary>
    Nchw,

    /// <summary>Channels are interleaved.</summary>
    Nhwc,
}
