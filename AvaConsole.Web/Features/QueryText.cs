namespace AvaConsole.Web.Features;

/// <summary>Builds query strings for the feature pages' addresses.</summary>
internal static class QueryText
{
    /// <summary>Appends the values that are given, escaped.</summary>
    public static string Append(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var parts = new List<string>();
        foreach (var (name, value) in query)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }
}
