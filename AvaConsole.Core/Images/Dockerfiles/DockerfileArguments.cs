using System.Text.RegularExpressions;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Build arguments in front of the first <c>FROM</c>, by the values that the file gives them.</summary>
internal sealed partial class DockerfileArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public void Add(DockerfileInstruction instruction)
    {
        foreach (var word in ShellWords.Raw(instruction.Arguments))
        {
            if (word.Split('=', 2) is [var name, var value] && DockerfileWord.Read(value) is { } read)
            {
                _values[name] = read;
            }
        }
    }

    /// <summary>The text with its variables filled in; null where one of them has no value here.</summary>
    public string? Fill(string text)
    {
        var isKnown = true;
        var filled = Variable().Replace(text, match =>
        {
            var value = _values.GetValueOrDefault(match.Groups["name"].Value) ?? (match.Groups["default"].Success ? match.Groups["default"].Value : null);
            isKnown &= value is not null;
            return value ?? "";
        });
        return isKnown && !filled.Contains('$', StringComparison.Ordinal) ? ShellWords.Unquote(filled) : null;
    }

    [GeneratedRegex("""\$((?<name>[A-Za-z_][A-Za-z0-9_]*)|\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^${}]*))?\})""", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
