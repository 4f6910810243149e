using System.Text;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Words as a POSIX shell splits them, and the quoting that keeps a text one word.</summary>
public static class ShellWords
{
    /// <summary>The text as one word of a POSIX shell that means itself: left as it is where that is plain, in single quotes otherwise.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text[0] != '~' && text.All(IsPlain) ? text : $"'{text.Replace("'", """'\''""", StringComparison.Ordinal)}'";

    /// <summary>The words with their quotes, split at spaces outside of them.</summary>
    internal static IEnumerable<string> Raw(string text)
    {
        var start = -1;
        var quote = '\0';
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (start >= 0) yield return text[start..at];
                start = -1;
                continue;
            }

            start = start < 0 ? at : start;
            if (character == '\\' && quote != '\'')
            {
                at++;
            }
            else if (character is '\'' or '"' && (quote == '\0' || quote == character))
            {
                quote = quote == '\0' ? character : '\0';
            }
        }

        if (start >= 0) yield return text[start..];
    }

    /// <summary>The word without its quotes; variables stay as they are written.</summary>
    internal static string Unquote(string word)
    {
        var text = new StringBuilder(word.Length);
        var quote = '\0';
        for (var at = 0; at < word.Length; at++)
        {
            var character = word[at];
            if (character == '\\' && quote != '\'' && at + 1 < word.Length && (quote == '\0' || word[at + 1] is '"' or '\\' or '$' or '`'))
            {
                text.Append(word[++at]);
            }
            else if (character is '\'' or '"' && (quote == '\0' || quote == character))
            {
                quote = quote == '\0' ? character : '\0';
            }
            else
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }

    // '=' and '~' within a word are plain: a tilde is expanded at its beginning only, and an assignment stands before the command.
    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '/' or ':' or '@' or '+' or ',' or '%' or '=' or '~';
}
