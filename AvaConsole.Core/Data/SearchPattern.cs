namespace AvaConsole.Core.Data;

/// <summary>Patterns for <c>ILIKE</c> from what a person typed.</summary>
internal static class SearchPattern
{
    public const string Escape = "\\";

    public static string Contains(string text) =>
        $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)}%";
}
