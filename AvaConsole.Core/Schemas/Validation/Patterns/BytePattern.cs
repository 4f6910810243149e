namespace AvaConsole.Core.Schemas.Validation.Patterns;

/// <summary>
/// The patterns that most schemas have: from <c>^</c> to <c>$</c> a row of ASCII sets, each with its count, where no set's count runs into the
/// next set (<c>^[a-z][a-z0-9-]{0,61}$</c>, <c>^\d{4}-\d\d$</c>). Taking as much as possible each time is then the only way to match, and
/// needs neither UTF-16 nor an automaton.
/// </summary>
internal sealed class BytePattern
{
    private const int AsciiLimit = 128;

    private readonly Step[] _steps;

    private BytePattern(Step[] steps) => _steps = steps;

    /// <summary>Null where the pattern is of another form. It must be valid.</summary>
    public static BytePattern? Find(string source)
    {
        if (source.Length < 2 || source[0] != '^' || source[^1] != '$' || source[^2] == '\\')
        {
            return null;
        }

        var steps = new List<Step>();
        for (var at = 1; at < source.Length - 1;)
        {
            if (ReadSet(source, ref at) is not { } set || !ReadCounts(source, ref at, out var least, out var most))
            {
                return null;
            }

            steps.Add(new Step(set, least, most));
        }

        return IsPlain(steps) ? new BytePattern([.. steps]) : null;
    }

    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        var at = 0;
        foreach (var step in _steps)
        {
            var end = step.Most < text.Length - at ? at + step.Most : text.Length;
            var start = at;
            while (at < end && text[at] < AsciiLimit && step.Set[text[at]])
            {
                at++;
            }

            if (at - start < step.Least)
            {
                return false;
            }
        }

        return at == text.Length;
    }

    private static bool IsPlain(List<Step> steps)
    {
        for (var index = 0; index < steps.Count; index++)
        {
            if (steps[index].Least == steps[index].Most)
            {
                continue;
            }

            // What may follow: the next step, and where that may be empty the one behind it.
            for (var next = index + 1; next < steps.Count; next++)
            {
                if (Overlaps(steps[index].Set, steps[next].Set))
                {
                    return false;
                }

                if (steps[next].Least > 0)
                {
                    break;
                }
            }
        }

        return true;
    }

    private static bool Overlaps(bool[] first, bool[] second)
    {
        for (var value = 0; value < AsciiLimit; value++)
        {
            if (first[value] && second[value])
            {
                return true;
            }
        }

        return false;
    }

    private static bool[]? ReadSet(string source, ref int at)
    {
        var set = new bool[AsciiLimit];
        if (source[at] == '[')
        {
            return ReadClass(source, ref at, set) ? set : null;
        }

        if (source[at] == '\\')
        {
            return AddEscape(source, ref at, set) ? set : null;
        }

        if (source[at] >= AsciiLimit || "^$.*+?()[]{}|/".Contains(source[at], StringComparison.Ordinal))
        {
            return null;
        }

        set[source[at++]] = true;
        return set;
    }

    private static bool ReadClass(string source, ref int at, bool[] set)
    {
        at++;
        if (source[at] == '^')
        {
            return false;
        }

        while (source[at] != ']')
        {
            if (source[at] == '\\')
            {
                if (!AddEscape(source, ref at, set) || (source[at] == '-' && source[at + 1] != ']'))
                {
                    return false;
                }

                continue;
            }

            var (first, last) = (source[at], source[at]);
            at++;
            if (source[at] == '-' && source[at + 1] != ']')
            {
                last = source[at + 1];
                at += 2;
            }

            if (first >= AsciiLimit || last >= AsciiLimit || last == '\\')
            {
                return false;
            }

            set.AsSpan(first, last - first + 1).Fill(true);
        }

        at++;
        return true;
    }

    private static bool AddEscape(string source, ref int at, bool[] set)
    {
        var letter = source[at + 1];
        if (char.IsAsciiLetterOrDigit(letter) && letter is not ('d' or 'w'))
        {
            return false;
        }

        at += 2;
        for (var value = 0; value < AsciiLimit; value++)
        {
            set[value] |= letter switch
            {
                'd' => char.IsAsciiDigit((char)value),
                'w' => char.IsAsciiLetterOrDigit((char)value) || value == '_',
                _ => value == letter,
            };
        }

        return letter < AsciiLimit;
    }

    private static bool ReadCounts(string source, ref int at, out int least, out int most)
    {
        (least, most) = (1, 1);
        switch (source[at])
        {
            case '*':
                (least, most) = (0, int.MaxValue);
                break;
            case '+':
                most = int.MaxValue;
                break;
            case '?':
                least = 0;
                break;
            case '{':
                return ReadBraces(source, ref at, out least, out most);
            default:
                return true;
        }

        at++;
        return source[at] != '?';
    }

    private static bool ReadBraces(string source, ref int at, out int least, out int most)
    {
        (least, most) = (0, 0);
        var end = source.IndexOf('}', at);
        var parts = end < 0 ? [] : source[(at + 1)..end].Split(',');
        if (parts.Length is 0 or > 2 || !int.TryParse(parts[0], out least))
        {
            return false;
        }

        most = parts.Length == 1 ? least : int.MaxValue;
        at = end + 1;
        return (parts.Length == 1 || parts[1].Length == 0 || int.TryParse(parts[1], out most)) && source[at] != '?';
    }

    private readonly record struct Step(bool[] Set, int Least, int Most);
}
