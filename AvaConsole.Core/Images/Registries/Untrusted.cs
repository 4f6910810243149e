namespace AvaConsole.Core.Images.Registries;

/// <summary>Text of a registry or an image: of any length, with anything in it.</summary>
internal static class Untrusted
{
    public const int MaxLine = 200;
    public const int MaxText = 4000;

    /// <summary>One line for a message.</summary>
    public static string Line(string? text) => Clean(text, MaxLine, isLine: true);

    /// <summary>Without what moves a terminal's cursor, hides text or cannot be stored; cut with an ellipsis.</summary>
    public static string Text(string? text) => Clean(text, MaxText, isLine: false);

    private static string Clean(string? text, int max, bool isLine)
    {
        var kept = string.Concat((text ?? "").Take(max + 1).Where(character => !IsHidden(character) || (!isLine && character is '\n' or '\t')));
        return kept.Length <= max ? kept : kept[..(max - 1)] + "…";
    }

    // Control characters, and the marks that turn the direction of writing.
    private static bool IsHidden(char character) =>
        char.IsControl(character) || character is '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
