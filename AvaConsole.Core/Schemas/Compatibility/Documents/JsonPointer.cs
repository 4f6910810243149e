namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>Builds JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary><paramref name="pointer"/> with one more segment, escaped.</summary>
    public static string Of(string pointer, string segment) =>
        pointer + '/' + segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Of(string pointer, string first, string second) => Of(Of(pointer, first), second);
}
