namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>One simple command of a shell script.</summary>
/// <param name="Words">Without quotes, assignments in front of the command included.</param>
/// <param name="IsPlain">Nothing in it but words: no variable, substitution or redirection.</param>
/// <param name="Joint">What stands before it: empty at the beginning, otherwise <c>&amp;&amp;</c>, <c>;</c>, <c>|</c> and so on.</param>
internal sealed record ShellCommand(IReadOnlyList<string> Words, bool IsPlain, string Joint)
{
    /// <summary>The words from the command's name on.</summary>
    public IReadOnlyList<string> Call { get; } = [.. Words.SkipWhile(word => word.IndexOf('=', StringComparison.Ordinal) > 0 && word[0] != '-')];
}

/// <summary>Splits a script into its simple commands: enough to see what is called with which words, and never more than one pass over the text.</summary>
internal static class ShellScript
{
    private const string Operators = "&|;()\n";

    public static IReadOnlyList<ShellCommand> Commands(string script)
    {
        var commands = new List<ShellCommand>();
        var joint = "";
        var at = 0;
        while (at < script.Length)
        {
            var start = at;
            at = EndOfCommand(script, at);
            Add(commands, script[start..at], joint);
            start = at;
            while (at < script.Length && Operators.Contains(script[at])) at++;
            joint = script[start..at].Trim('\n') is { Length: > 0 } mark ? mark : ";";
        }

        return commands;
    }

    private static void Add(List<ShellCommand> commands, string text, string joint)
    {
        var words = ShellWords.Raw(text).ToList();
        if (words.Count > 0)
        {
            commands.Add(new ShellCommand([.. words.Select(ShellWords.Unquote)], words.TrueForAll(IsPlain), commands.Count == 0 ? "" : joint));
        }
    }

    private static int EndOfCommand(string script, int at)
    {
        var quote = '\0';
        for (; at < script.Length; at++)
        {
            var character = script[at];
            if (character == '\\' && quote != '\'')
            {
                at++;
            }
            else if (character is '\'' or '"' && (quote == '\0' || quote == character))
            {
                quote = quote == '\0' ? character : '\0';
            }
            else if (quote == '\0' && Operators.Contains(character))
            {
                return at;
            }
        }

        return script.Length;
    }

    /// <summary>Nothing in the word is for the shell but quotes.</summary>
    private static bool IsPlain(string word)
    {
        var inSingle = false;
        var inDouble = false;
        foreach (var character in word)
        {
            inSingle ^= character == '\'' && !inDouble;
            inDouble ^= character == '"' && !inSingle;
            if (!inSingle && (character is '$' or '`' or '\\' || (!inDouble && character is '<' or '>' or '#' or '{' or '}' or '!')))
            {
                return false;
            }
        }

        return !inSingle && !inDouble;
    }
}
