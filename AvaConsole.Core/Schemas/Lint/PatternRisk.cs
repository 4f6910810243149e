using System.Globalization;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>
/// Finds the patterns that take exponential time in engines that backtrack: a repeated group whose text can be split among the
/// repetitions in more than one way, as in <c>(a+)+</c>, <c>(\w+\s?)*</c> or <c>(a|a)*</c>. Judged on ASCII texts; polynomial
/// patterns such as <c>.*.*</c> pass.
/// </summary>
internal sealed class PatternRisk
{
    private const int MaxDepth = 50;

    /// <summary>From this many repetitions on, a bounded repetition is as bad as an unbounded one.</summary>
    private const int Many = 20;

    private readonly string _pattern;
    private int _at;
    private int _depth;
    private bool _found;

    private PatternRisk(string pattern) => _pattern = pattern;

    /// <param name="pattern">One that compiles.</param>
    public static bool IsCatastrophic(string pattern)
    {
        var risk = new PatternRisk(pattern);
        risk.ReadAlternatives();
        return risk._found;
    }

    /// <summary>Reads up to the group's end or the pattern's.</summary>
    private List<List<Part>> ReadAlternatives()
    {
        var alternatives = new List<List<Part>> { new() };
        if (++_depth > MaxDepth)
        {
            // Nobody can read that either.
            _found = true;
            _at = _pattern.Length;
        }

        while (_at < _pattern.Length && _pattern[_at] != ')')
        {
            if (_pattern[_at] == '|')
            {
                _at++;
                alternatives.Add([]);
            }
            else if (ReadPart() is { } part)
            {
                alternatives[^1].Add(part);
            }
        }

        _depth--;
        return alternatives;
    }

    /// <returns>Null for what takes no character: anchors and look-arounds.</returns>
    private Part? ReadPart()
    {
        var start = _at;
        List<List<Part>>? group = null;
        var isAssertion = _pattern[_at] is '^' or '$';
        switch (_pattern[_at++])
        {
            case '(':
                isAssertion = SkipGroupHead();
                group = ReadAlternatives();
                _at++;
                break;
            case '[':
                SkipClass();
                break;
            case '\\':
                isAssertion = _at < _pattern.Length && _pattern[_at] is 'b' or 'B';
                SkipEscape();
                break;
        }

        var text = _pattern[start..Math.Min(_at, _pattern.Length)];
        var (isOptional, isRepeated) = ReadQuantifier();
        if (isRepeated && group is not null && IsAmbiguous(group))
        {
            _found = true;
        }

        return isAssertion ? null : new Part(text, group, isOptional, isRepeated);
    }

    /// <returns>True for a look-around.</returns>
    private bool SkipGroupHead()
    {
        if (_at >= _pattern.Length || _pattern[_at] != '?')
        {
            return false;
        }

        var rest = _pattern.AsSpan(_at);
        if (rest is ['?', '=' or '!', ..] or ['?', '<', '=' or '!', ..])
        {
            _at += rest[1] == '<' ? 3 : 2;
            return true;
        }

        // (?:…), (?<name>…), (?i:…)
        var end = rest.IndexOfAny(':', '>', ')');
        _at += end < 0 ? rest.Length : rest[end] == ')' ? end : end + 1;
        return false;
    }

    private void SkipClass()
    {
        if (_at < _pattern.Length && _pattern[_at] == '^')
        {
            _at++;
        }

        for (var first = true; _at < _pattern.Length && (first || _pattern[_at] != ']'); first = false)
        {
            _at += _pattern[_at] == '\\' ? 2 : 1;
        }

        _at++;
    }

    private void SkipEscape()
    {
        var letter = _at < _pattern.Length ? _pattern[_at] : ' ';
        _at += letter switch
        {
            'x' => 3,
            'u' => 5,
            'c' => 2,
            _ => 1,
        };
        if (letter is 'p' or 'P' && _at < _pattern.Length && _pattern[_at] == '{')
        {
            _at = _pattern.IndexOf('}', _at) is var end and >= 0 ? end + 1 : _pattern.Length;
        }
    }

    private (bool IsOptional, bool IsRepeated) ReadQuantifier()
    {
        if (_at >= _pattern.Length)
        {
            return (false, false);
        }

        var result = (IsOptional: false, IsRepeated: false);
        if (_pattern[_at] is '*' or '+' or '?')
        {
            result = (_pattern[_at] != '+', _pattern[_at] != '?');
            _at++;
        }
        else if (Regex.Match(_pattern[_at..], @"\A\{([0-9]{1,9})(,([0-9]{0,9}))?\}", RegexOptions.CultureInvariant) is { Success: true } counts)
        {
            var least = int.Parse(counts.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var most = !counts.Groups[2].Success ? least : counts.Groups[3].Length == 0 ? int.MaxValue : int.Parse(counts.Groups[3].ValueSpan, CultureInfo.InvariantCulture);

            // A fixed count splits a text in one way only.
            result = (least == 0, most >= Many && most > least);
            _at += counts.Length;
        }

        if (_at < _pattern.Length && _pattern[_at] == '?')
        {
            _at++;
        }

        return result;
    }

    private static bool IsAmbiguous(List<List<Part>> group)
    {
        foreach (var parts in group)
        {
            // One part that repeats, and nothing beside it that it could not itself have taken.
            if (parts.Exists(repeated => repeated.Repeats && parts.TrueForAll(other => ReferenceEquals(other, repeated) || other.IsOptional || (other.Characters & repeated.Characters) != 0)))
            {
                return true;
            }
        }

        for (var i = 0; i < group.Count; i++)
        {
            for (var j = i + 1; j < group.Count; j++)
            {
                if ((Single(group[i]) & Single(group[j])) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The characters that an alternative can take alone.</summary>
    private static UInt128 Single(List<Part> parts) => parts.Count(part => !part.IsOptional) switch
    {
        0 => parts.Aggregate(UInt128.Zero, (all, part) => all | part.Characters),
        1 => parts.Find(part => !part.IsOptional)!.Characters,
        _ => UInt128.Zero,
    };

    private sealed class Part(string text, List<List<Part>>? group, bool isOptional, bool isRepeated)
    {
        private UInt128? _characters;

        public bool IsOptional => isOptional || (group?.Exists(parts => parts.TrueForAll(part => part.IsOptional)) ?? false);

        /// <summary>It, or something that it consists of entirely, takes any number of characters.</summary>
        public bool Repeats => isRepeated || (group?.Exists(parts => parts.Exists(part => part.Repeats) && parts.Count(part => !part.IsOptional) <= 1) ?? false);

        /// <summary>The ASCII characters that can stand in its text, one bit each.</summary>
        public UInt128 Characters => _characters ??= group is null ? Probe(text) : group.SelectMany(parts => parts).Aggregate(UInt128.Zero, (all, part) => all | part.Characters);

        private static UInt128 Probe(string atom)
        {
            var characters = UInt128.Zero;
            try
            {
                var regex = new Regex($"\\A(?:{atom})\\z", RegexOptions.CultureInvariant);
                for (var code = 0; code < 128; code++)
                {
                    if (regex.IsMatch(((char)code).ToString()))
                    {
                        characters |= UInt128.One << code;
                    }
                }
            }
            catch (ArgumentException)
            {
                // A reference to a group that is not in this part: it says nothing about single characters.
            }

            return characters;
        }
    }
}
