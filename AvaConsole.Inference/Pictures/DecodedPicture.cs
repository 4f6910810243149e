namespace AvaConsole.Inference.Pictures;

/// <summary>The pixels that a model wants, and where they come from.</summary>
internal sealed class DecodedPicture(NativePixels pixels, PicturePlacement placement) : IDisposable
{
    /// <summary>Interleaved, row by row, of the target's size: one byte of grey, or red, green and blue.</summary>
    public ReadOnlySpan<byte> Pixels => pixels.Span;

    public PicturePlacement Placement => placement;

    public void Dispose() => pixels.Dispose();
}
