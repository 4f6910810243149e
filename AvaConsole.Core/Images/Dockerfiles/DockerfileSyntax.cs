using System.Text;
using System.Text.RegularExpressions;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>
/// A Dockerfile by BuildKit's grammar: parser directives, continuation lines, comments between them, heredocs, flags and JSON forms. It is only read: no
/// variable is filled in, nothing is run, nothing is fetched. Whatever the text, an instruction comes of it; what is wrong is the lint's to say.
/// </summary>
public sealed partial class DockerfileSyntax
{
    /// <summary>Characters of a Dockerfile; more is no Dockerfile.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    /// <summary>Bytes of a line beyond which BuildKit refuses the file.</summary>
    public const int MaxLineBytes = 65_535;

    private static readonly HashSet<string> s_withHeredocs = new(StringComparer.Ordinal) { "ADD", "COPY", "RUN", "ONBUILD" };
    private static readonly HashSet<string> s_withJson = new(StringComparer.Ordinal) { "RUN", "CMD", "ENTRYPOINT", "SHELL", "ADD", "COPY", "VOLUME" };

    private readonly string[] _lines;
    private readonly List<DockerfileInstruction> _instructions = [];
    private int _at;

    private DockerfileSyntax(string text)
    {
        _lines = (text.StartsWith('\ufeff') ? text[1..] : text).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        ReadDirectives();
        while (_at < _lines.Length)
        {
            ReadNext();
        }
    }

    /// <summary>Instructions and comments as they stand.</summary>
    public IReadOnlyList<DockerfileInstruction> Instructions => _instructions;

    /// <summary>Without line ends; the first has number 1 everywhere else.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The character before a line end that goes on; <c>\</c> unless <c># escape=`</c> says otherwise.</summary>
    public char Escape { get; private set; } = '\\';

    /// <summary>Refused only where it is larger than <see cref="MaxLength"/>.</summary>
    public static Result<DockerfileSyntax> Parse(string text) =>
        text.Length > MaxLength ? new InvalidError("", "dockerfile.too_large", MaxLength >> 20) : new DockerfileSyntax(text);

    /// <summary>A line that would be a parser directive if it stood at the top.</summary>
    internal static bool IsDirective(string line) => Directive().IsMatch(line);

    private void ReadDirectives()
    {
        for (; _at < _lines.Length && Directive().Match(_lines[_at]) is { Success: true } directive; _at++)
        {
            AddComment(_lines[_at]);
            if (directive.Groups["name"].Value.Equals("escape", StringComparison.OrdinalIgnoreCase) && directive.Groups["value"].Value is "\\" or "`")
            {
                Escape = directive.Groups["value"].Value == "`" ? '`' : '\\';
            }
        }
    }

    private void ReadNext()
    {
        var line = _lines[_at];
        if (line.AsSpan().TrimStart() is ['#', ..])
        {
            AddComment(line);
            _at++;
        }
        else if (string.IsNullOrWhiteSpace(line))
        {
            _at++;
        }
        else
        {
            ReadInstruction();
        }
    }

    private void AddComment(string line) => _instructions.Add(new DockerfileInstruction(_at + 1, _at + 1, DockerfileInstruction.Comment, [], line.Trim(), null, [], line.Trim()));

    private void ReadInstruction()
    {
        var start = _at;
        var logical = Join();
        var (keyword, rest) = SplitWord(logical);
        keyword = keyword.ToUpperInvariant();
        var (flags, arguments) = SplitFlags(rest);
        var heredocs = s_withHeredocs.Contains(keyword) ? Heredocs(arguments) : [];
        var json = s_withJson.Contains(keyword) ? JsonForm.Parse(arguments) : null;
        _instructions.Add(new DockerfileInstruction(start + 1, _at, keyword, flags, arguments, json, heredocs, string.Join('\n', _lines[start.._at])));
    }

    /// <summary>The lines of one instruction as one, up to where it may open a heredoc.</summary>
    private string Join()
    {
        var text = new StringBuilder(_lines[_at].Length);
        var goesOn = Append(text, _lines[_at++].TrimStart());
        while (goesOn && _at < _lines.Length)
        {
            var line = _lines[_at++];
            // Comments and empty lines do not end a line that goes on.
            if (!string.IsNullOrWhiteSpace(line) && line.AsSpan().TrimStart() is not ['#', ..])
            {
                goesOn = Append(text, line);
            }
        }

        return text.ToString().Trim();
    }

    /// <summary>Appends the line without its continuation mark; says whether it had one. Two marks in a row are none.</summary>
    private bool Append(StringBuilder text, string line)
    {
        var end = line.AsSpan().TrimEnd(" \t");
        var goesOn = end.Length > 0 && end[^1] == Escape && (end.Length == 1 || end[^2] != Escape);
        text.Append(goesOn ? end[..^1] : line);
        return goesOn;
    }

    private static (string Word, string After) SplitWord(string text)
    {
        var end = text.AsSpan().IndexOfAny(" \t\v\f\r");
        return end < 0 ? (text, "") : (text[..end], text[end..].TrimStart());
    }

    private static (IReadOnlyList<string> Flags, string Arguments) SplitFlags(string text)
    {
        var flags = new List<string>();
        var at = 0;
        while (at + 1 < text.Length && text[at] == '-' && text[at + 1] == '-')
        {
            var length = text.AsSpan(at).IndexOfAny(" \t");
            var end = length < 0 ? text.Length : at + length;
            flags.Add(text[at..end]);
            at = end;
            while (at < text.Length && text[at] is ' ' or '\t') at++;
        }

        return (flags, text[at..]);
    }

    private List<DockerfileHeredoc> Heredocs(string arguments)
    {
        var found = new List<DockerfileHeredoc>();
        foreach (var word in ShellWords.Raw(arguments))
        {
            if (HeredocMark().Match(word) is { Success: true } mark && ShellWords.Unquote(mark.Groups["name"].Value) is { Length: > 0 } name)
            {
                found.Add(ReadHeredoc(name, name == mark.Groups["name"].Value, mark.Groups["strips"].Length > 0));
            }
        }

        return found;
    }

    private DockerfileHeredoc ReadHeredoc(string name, bool expands, bool stripsTabs)
    {
        var content = new StringBuilder();
        while (_at < _lines.Length)
        {
            var line = stripsTabs ? _lines[_at].TrimStart('\t') : _lines[_at];
            _at++;
            if (line == name)
            {
                return new DockerfileHeredoc(name, expands, content.ToString(), IsClosed: true);
            }

            content.Append(line).Append('\n');
        }

        return new DockerfileHeredoc(name, expands, content.ToString(), IsClosed: false);
    }

    [GeneratedRegex("""\A#[ \t]*(?<name>[A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*(?<value>.+?)[ \t]*\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Directive();

    [GeneratedRegex("""\A[0-9]*<<(?<strips>-?)(?<name>[^<]+)\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HeredocMark();
}
