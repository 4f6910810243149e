using AvaConsole.Core.Common;
using AvaConsole.Inference.Pictures;

namespace AvaConsole.Tests.Inference.Support;

/// <summary>A picture's pixels as an array, to compare.</summary>
internal static class Pixels
{
    /// <returns>Interleaved: grey, or red, green and blue.</returns>
    public static Result<byte[]> Decode(string entry, ReadOnlySpan<byte> file, PictureFormat format)
    {
        var read = PictureDecoder.Read(entry, file, format);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        using var picture = read.Value;
        return picture.Pixels.ToArray();
    }
}
