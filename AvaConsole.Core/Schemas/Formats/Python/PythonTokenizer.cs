using System.Globalization;

namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>
/// Cuts Python source into tokens: logical lines (brackets and a final backslash continue one), indentation as tokens of its own, strings already decoded.
/// </summary>
/// <param name="tabWidth">Columns between tab stops: 8 as in Python, or less for a file that mixes tabs and spaces.</param>
internal sealed class PythonTokenizer(string source, int tabWidth)
{
    /// <summary>Python's own limit.</summary>
    private const int MaxIndentation = 100;

    // Longest first: "**=" must not be read as "**" and "=".
    private static readonly string[] s_operators =
        ["**=", "//=", ">>=", "<<=", "...", "->", ":=", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "**", "//", "<<", ">>"];

    private readonly List<PythonToken> _tokens = [];
    private readonly Stack<int> _indentation = new([0]);
    private int _at;
    private int _line = 1;
    private int _open;

    /// <exception cref="PythonSyntaxException"/>
    public IReadOnlyList<PythonToken> Read()
    {
        _at = source.StartsWith('\uFEFF') ? 1 : 0;
        while (_at < source.Length)
        {
            ReadLineStart();
            while (_at < source.Length && !ReadEndOfLine())
            {
                ReadToken();
            }
        }

        EndLine();
        foreach (var _ in _indentation.TakeWhile(column => column > 0))
        {
            Add(PythonTokenKind.Dedent, "");
        }

        Add(PythonTokenKind.End, "");
        return _tokens;
    }

    private char Now => Peek(0);

    private char Peek(int ahead) => _at + ahead < source.Length ? source[_at + ahead] : '\0';

    private void Add(PythonTokenKind kind, string text) => _tokens.Add(new PythonToken(kind, text, _line));

    private void EndLine()
    {
        if (_tokens.Count > 0 && _tokens[^1].Kind is not (PythonTokenKind.NewLine or PythonTokenKind.Indent or PythonTokenKind.Dedent))
        {
            Add(PythonTokenKind.NewLine, "");
        }
    }

    private void ReadLineStart()
    {
        var column = 0;
        for (; Now is ' ' or '\t' or '\f'; _at++)
        {
            column = Now switch { ' ' => column + 1, '\t' => (column / tabWidth + 1) * tabWidth, _ => 0 };
        }

        // Blank lines and lines that hold only a comment say nothing about blocks; neither do lines inside brackets.
        if (_open > 0 || Now is '#' or '\r' or '\n' or '\0')
        {
            return;
        }

        if (column > _indentation.Peek())
        {
            _indentation.Push(column);
            Add(PythonTokenKind.Indent, "");
        }

        while (column < _indentation.Peek())
        {
            _indentation.Pop();
            Add(PythonTokenKind.Dedent, "");
        }

        if (column != _indentation.Peek())
        {
            throw new PythonSyntaxException("import.python_indentation", _line);
        }

        if (_indentation.Count > MaxIndentation)
        {
            throw new PythonSyntaxException("import.python_too_deep", _line, MaxIndentation);
        }
    }

    /// <summary>True where a line ended, whether or not a logical one did.</summary>
    private bool ReadEndOfLine()
    {
        for (; Now is ' ' or '\t' or '\f'; _at++)
        {
        }

        if (Now == '#')
        {
            while (_at < source.Length && Now is not ('\r' or '\n'))
            {
                _at++;
            }
        }

        if (Now is not ('\r' or '\n'))
        {
            return false;
        }

        if (_open == 0)
        {
            EndLine();
        }

        SkipLineBreak();
        return true;
    }

    private void SkipLineBreak()
    {
        _at += Now == '\r' && Peek(1) == '\n' ? 2 : 1;
        _line++;
    }

    private void ReadToken()
    {
        if (_at >= source.Length)
        {
            return;
        }

        if (Now == '\\' && Peek(1) is '\r' or '\n')
        {
            _at++;
            SkipLineBreak();
        }
        else if (PythonString.TryStart(source, _at, out var prefix))
        {
            ReadString(prefix);
        }
        else if (char.IsLetter(Now) || Now == '_' || char.IsSurrogate(Now))
        {
            Take(PythonTokenKind.Name, IsNamePart);
        }
        else if (char.IsAsciiDigit(Now) || (Now == '.' && char.IsAsciiDigit(Peek(1))))
        {
            ReadNumber();
        }
        else
        {
            ReadOperator();
        }
    }

    private static bool IsNamePart(char character) =>
        char.IsLetterOrDigit(character)
        || char.IsSurrogate(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;

    private void Take(PythonTokenKind kind, Func<char, bool> isPart)
    {
        var start = _at;
        while (_at < source.Length && isPart(Now))
        {
            _at++;
        }

        Add(kind, source[start.._at]);
    }

    // "1e-3" holds a sign; "0x1e-3" is a subtraction.
    private void ReadNumber()
    {
        var start = _at;
        var isHex = Now == '0' && Peek(1) is 'x' or 'X';
        while (char.IsAsciiLetterOrDigit(Now) || Now is '_' or '.' || (!isHex && Now is '+' or '-' && source[_at - 1] is 'e' or 'E'))
        {
            _at++;
        }

        Add(PythonTokenKind.Number, source[start.._at]);
    }

    private void ReadString(string prefix)
    {
        var (line, start) = (_line, _at + prefix.Length);
        var (kind, text, end) = PythonString.Read(source, start, prefix, line);
        _line += CountLineBreaks(source.AsSpan(start, end - start));
        _at = end;
        _tokens.Add(new PythonToken(kind, text, line));
    }

    private static int CountLineBreaks(ReadOnlySpan<char> text) => text.Count('\n') + text.Count('\r') - text.Count("\r\n");

    private void ReadOperator()
    {
        var text = s_operators.FirstOrDefault(known => string.CompareOrdinal(source, _at, known, 0, known.Length) == 0) ?? Now.ToString();
        _open = Math.Max(0, text switch { "(" or "[" or "{" => _open + 1, ")" or "]" or "}" => _open - 1, _ => _open });
        Add(PythonTokenKind.Operator, text);
        _at += text.Length;
    }
}
