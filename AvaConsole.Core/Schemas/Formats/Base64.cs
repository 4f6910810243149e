namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Lengths of data and of its base64.</summary>
internal static class Base64
{
    /// <summary>Characters that so many bytes take.</summary>
    public static long LengthOf(long bytes) => bytes >= long.MaxValue / 2 ? long.MaxValue / 4 * 4 : (bytes + 2) / 3 * 4;

    /// <summary>The most bytes that so many characters hold.</summary>
    public static long BytesIn(long length) => length / 4 * 3;
}
