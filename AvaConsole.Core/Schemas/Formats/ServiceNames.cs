using System.Text;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Service names and versions for documents that have other ones.</summary>
internal static class ServiceNames
{
    private const int MaxLength = 63;

    /// <summary>The nearest name that a service may have; empty where there is nothing to make one of.</summary>
    public static string From(string text)
    {
        var name = new StringBuilder();
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character))
            {
                name.Append(character);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        var trimmed = name.ToString().Trim('-');
        if (trimmed.Length == 0)
        {
            return "";
        }

        if (!char.IsAsciiLetterLower(trimmed[0]) || trimmed.Length < 2 || SchemaNames.IsReservedService(trimmed))
        {
            trimmed = "api-" + trimmed;
        }

        return trimmed.Length <= MaxLength ? trimmed : trimmed[..MaxLength].TrimEnd('-');
    }

    /// <summary><c>v1</c>, <c>1.2</c> and the like as a semantic version; 1.0.0 for anything else.</summary>
    public static string Version(string text)
    {
        if (SchemaNames.IsVersion(text))
        {
            return text;
        }

        var parts = text.TrimStart('v', 'V').Split('.');
        var version = string.Join('.', parts.Concat(["0", "0"]).Take(3));
        return parts.Length <= 3 && SchemaNames.IsVersion(version) ? version : new ApiSchema().Version;
    }
}
