namespace AvaConsole.Inference.Pictures;

/// <summary>A colour, 0–255 each.</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    public static Rgb White { get; } = new(255, 255, 255);

    public static Rgb Black { get; }
}
