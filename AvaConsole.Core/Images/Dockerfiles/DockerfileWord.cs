using System.Text;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Values of <c>ENV</c> and <c>LABEL</c>, in which BuildKit fills in variables.</summary>
internal static class DockerfileWord
{
    /// <summary>The value in double quotes, so that it means itself. It may hold no line end.</summary>
    public static string Quote(string value) => $"\"{value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("$", "\\$", StringComparison.Ordinal)}\"";

    /// <summary>What a word with its quotes means; null where that hangs on a variable, or a quote is not closed.</summary>
    public static string? Read(string word)
    {
        var text = new StringBuilder(word.Length);
        var quote = '\0';
        for (var at = 0; at < word.Length; at++)
        {
            var character = word[at];
            switch (character)
            {
                case '\'' or '"' when quote == '\0' || quote == character:
                    quote = quote == '\0' ? character : '\0';
                    break;
                case '$' when quote != '\'':
                    return null;
                case '\\' when quote == '\0' && at + 1 < word.Length:
                case '\\' when quote == '"' && at + 1 < word.Length && word[at + 1] is ('"' or '$' or '\\'):
                    text.Append(word[++at]);
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }

        return quote == '\0' ? text.ToString() : null;
    }
}
