namespace AvaConsole.Inference.Pictures;

/// <summary>A part of an upright picture, in pixels; it lies inside the picture.</summary>
internal readonly record struct PictureRegion(int Left, int Top, int Width, int Height);
