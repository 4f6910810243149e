namespace AvaConsole.Core.Schemas.Examples;

/// <summary>The smallest files of the usual kinds: real pictures and a moment of silence.</summary>
internal static class SampleFiles
{
    // One white pixel each.
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAG7buVgAAAABJRU5ErkJggg==";
    private const string Gif = "R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=";
    private const string Bmp = "Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAATCwAAEwsAAAAAAAAAAAAA////AA==";

    /// <summary>Bytes of the encoding; of one that takes more than a line to write, a few that stand for them.</summary>
    public static byte[] Bytes(string encoding) => encoding switch
    {
        "png" => Convert.FromBase64String(Png),
        "gif" => Convert.FromBase64String(Gif),
        "bmp" => Convert.FromBase64String(Bmp),
        "wav" => Wave(),
        _ => [.. Enumerable.Repeat((byte)0, 32)],
    };

    /// <summary>Eight samples of silence: 16 bit, mono, 16 kHz.</summary>
    private static byte[] Wave()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + 16);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(16000);
        writer.Write(32000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(16);
        writer.Write(new byte[16]);
        return stream.ToArray();
    }
}
