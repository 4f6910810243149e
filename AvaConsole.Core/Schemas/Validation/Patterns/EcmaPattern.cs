using System.Globalization;
using System.Text;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Validation.Patterns;

/// <summary>A pattern in .NET's syntax.</summary>
/// <param name="IsRegular">It has neither look-around nor back-references: an automaton can run it.</param>
internal readonly record struct TranslatedPattern(string Text, bool IsRegular);

/// <summary>
/// Reads a regular expression of ECMA-262 with its <c>u</c> flag and writes the .NET expression that matches the same texts: whole characters
/// instead of UTF-16 units, <c>\d</c>, <c>\w</c> and <c>\b</c> of ASCII, <c>$</c> at the very end only, nothing that .NET alone knows.
/// </summary>
internal sealed class EcmaPattern
{
    private const int MaxNesting = 200;
    private const string WordEnd = "(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))";
    private const string NoWordEnd = "(?:(?<=[A-Za-z0-9_])(?=[A-Za-z0-9_])|(?<![A-Za-z0-9_])(?![A-Za-z0-9_]))";

    private static readonly string s_anyButLineEnd = CodePointSet.Of(('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)).Negate().ToExpression();

    private readonly string _source;
    private readonly StringBuilder _target = new();
    private readonly List<string> _groups;
    private int _at;
    private int _nesting;
    private int _group;
    private bool _isRegular = true;

    private EcmaPattern(string source)
    {
        _source = source;
        _groups = FindGroups(source);
    }

    public static Result<TranslatedPattern> Translate(string source)
    {
        var pattern = new EcmaPattern(source);
        try
        {
            pattern.ReadAlternatives();
            if (pattern._at < source.Length)
            {
                throw new PatternException("unmatched )");
            }
        }
        catch (PatternException)
        {
            return new InvalidError("", "pattern.syntax", source, pattern._at);
        }

        return new TranslatedPattern(pattern._target.ToString(), pattern._isRegular);
    }

    private bool Has(char expected) => _at < _source.Length && _source[_at] == expected;

    private bool Take(string expected)
    {
        if (!_source.AsSpan(_at).StartsWith(expected, StringComparison.Ordinal))
        {
            return false;
        }

        _at += expected.Length;
        return true;
    }

    private void ReadAlternatives()
    {
        if (++_nesting > MaxNesting)
        {
            throw new PatternException("groups nested too deep");
        }

        while (_at < _source.Length && _source[_at] != ')')
        {
            if (Take("|"))
            {
                _target.Append('|');
            }
            else
            {
                ReadTerm();
            }
        }

        _nesting--;
    }

    private void ReadTerm()
    {
        if (Take("^"))
        {
            _target.Append(@"\A");
        }
        else if (Take("$"))
        {
            _target.Append(@"\z");
        }
        else if (Take(@"\b"))
        {
            AppendIrregular(WordEnd);
        }
        else if (Take(@"\B"))
        {
            AppendIrregular(NoWordEnd);
        }
        else if (TakeLookAround(out var opening))
        {
            AppendIrregular(opening);
            ReadGroupEnd();
        }
        else
        {
            ReadAtom();
            ReadQuantifier();
        }
    }

    private void AppendIrregular(string text)
    {
        _isRegular = false;
        _target.Append(text);
    }

    private bool TakeLookAround(out string opening)
    {
        opening = "";
        foreach (var known in (ReadOnlySpan<string>)["(?=", "(?!", "(?<=", "(?<!"])
        {
            if (Take(known))
            {
                opening = known;
                return true;
            }
        }

        return false;
    }

    private void ReadGroupEnd()
    {
        ReadAlternatives();
        if (!Take(")"))
        {
            throw new PatternException("missing )");
        }

        _target.Append(')');
    }

    private void ReadAtom()
    {
        switch (_source[_at])
        {
            case '(':
                ReadGroup();
                break;
            case '.':
                _at++;
                _target.Append(s_anyButLineEnd);
                break;
            case '[':
                _at++;
                _target.Append(new EcmaClass(_source, ref _at).ToExpression());
                break;
            case '\\':
                ReadEscape();
                break;
            case '*' or '+' or '?':
                throw new PatternException("nothing to repeat");
            default:
                AppendCharacter(EcmaEscape.ReadCharacter(_source, ref _at));
                break;
        }
    }

    private void ReadGroup()
    {
        if (Take("(?:"))
        {
            _target.Append("(?:");
        }
        else if (_source.AsSpan(_at).StartsWith("(?<", StringComparison.Ordinal) || !_source.AsSpan(_at).StartsWith("(?", StringComparison.Ordinal))
        {
            // Names of our own: .NET counts named groups after the others.
            _target.Append(CultureInfo.InvariantCulture, $"(?<g{++_group}>");
            _at = _source.AsSpan(_at).StartsWith("(?<", StringComparison.Ordinal) ? _source.IndexOf('>', _at) + 1 : _at + 1;
        }
        else
        {
            throw new PatternException("unknown kind of group");
        }

        ReadGroupEnd();
    }

    private void ReadEscape()
    {
        if (EcmaEscape.ReadClass(_source, ref _at) is { } set)
        {
            _target.Append(set.ToExpression());
        }
        else if (ReadBackReference() is { } group)
        {
            // A group that took no part matches nothing, and matches.
            AppendIrregular($@"(?(g{group})\k<g{group}>|)");
        }
        else
        {
            AppendCharacter(EcmaEscape.ReadOne(_source, ref _at));
        }
    }

    private int? ReadBackReference()
    {
        if (Take(@"\k<"))
        {
            var end = _source.IndexOf('>', _at);
            var index = end < 0 ? -1 : _groups.IndexOf(_source[_at..end]);
            _at = index < 0 ? _at : end + 1;
            return index < 0 ? throw new PatternException("unknown group") : index + 1;
        }

        var digits = _at + 1;
        while (digits < _source.Length && char.IsAsciiDigit(_source[digits]))
        {
            digits++;
        }

        if (digits == _at + 1 || _source[_at + 1] == '0')
        {
            return null;
        }

        if (!int.TryParse(_source.AsSpan(_at + 1, digits - _at - 1), CultureInfo.InvariantCulture, out var number) || number > _groups.Count)
        {
            throw new PatternException("unknown group");
        }

        _at = digits;
        return number;
    }

    private void ReadQuantifier()
    {
        if (_at >= _source.Length)
        {
            return;
        }

        if (_source[_at] is '*' or '+' or '?')
        {
            _target.Append(_source[_at++]);
        }
        else if (!Has('{') || !ReadCounts())
        {
            return;
        }

        if (Take("?"))
        {
            _target.Append('?');
        }

        if (_at < _source.Length && _source[_at] is '*' or '+' or '?')
        {
            throw new PatternException("nothing to repeat");
        }
    }

    private bool ReadCounts()
    {
        var end = _source.IndexOf('}', _at);
        if (end < 0)
        {
            return false;
        }

        var parts = _source[(_at + 1)..end].Split(',');
        if (parts.Length > 2 || parts[0].Length == 0 || parts.Any(part => part.Any(digit => !char.IsAsciiDigit(digit))))
        {
            return false;
        }

        var counts = parts.Select(part => part.Length == 0 ? int.MaxValue : int.TryParse(part, out var count) ? count : int.MaxValue).ToArray();
        if (counts[^1] < counts[0])
        {
            throw new PatternException("counts out of order");
        }

        _at = end + 1;
        var most = parts.Length == 1 ? "" : counts[1] == int.MaxValue ? "," : string.Create(CultureInfo.InvariantCulture, $",{counts[1]}");
        _target.Append(CultureInfo.InvariantCulture, $"{{{counts[0]}{most}}}");
        return true;
    }

    private void AppendCharacter(int character)
    {
        if (character < 128 && char.IsAsciiLetterOrDigit((char)character))
        {
            _target.Append((char)character);
        }
        else
        {
            _target.Append(CodePointSet.Of((character, character)).ToExpression());
        }
    }

    /// <summary>The names of the capturing groups in order, empty for those without.</summary>
    private static List<string> FindGroups(string source)
    {
        var groups = new List<string>();
        var isInClass = false;
        for (var at = 0; at < source.Length; at++)
        {
            switch (source[at])
            {
                case '\\':
                    at++;
                    break;
                case '[' or ']':
                    isInClass = source[at] == '[';
                    break;
                case '(' when !isInClass && GroupName(source.AsSpan(at)) is { } name:
                    groups.Add(name);
                    break;
            }
        }

        return groups;
    }

    private static string? GroupName(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("(?", StringComparison.Ordinal))
        {
            return "";
        }

        var end = text.IndexOf('>');
        return text.StartsWith("(?<", StringComparison.Ordinal) && text.Length > 3 && text[3] is not ('=' or '!') && end > 3 ? text[3..end].ToString() : null;
    }
}

/// <summary>The text is no pattern; caught where it is read.</summary>
internal sealed class PatternException(string reason) : Exception(reason);
