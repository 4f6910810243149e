namespace AvaConsole.Core.Schemas.Validation.Patterns;

/// <summary>Reads what stands between <c>[</c> and <c>]</c>.</summary>
internal readonly struct EcmaClass
{
    private readonly CodePointSet _set;

    /// <param name="at">Behind the opening bracket; left behind the closing one.</param>
    public EcmaClass(string source, ref int at)
    {
        var isNegated = at < source.Length && source[at] == '^';
        at += isNegated ? 1 : 0;
        var set = new CodePointSet();
        while (at < source.Length && source[at] != ']')
        {
            ReadRange(source, ref at, set);
        }

        if (at++ >= source.Length)
        {
            throw new PatternException("missing ]");
        }

        _set = isNegated ? set.Negate() : set;
    }

    public string ToExpression() => _set.ToExpression();

    private static void ReadRange(string source, ref int at, CodePointSet set)
    {
        if (EcmaEscape.ReadClass(source, ref at) is { } characters)
        {
            set.Add(characters);
            return;
        }

        var first = ReadOne(source, ref at);
        var last = first;
        if (at + 1 < source.Length && source[at] == '-' && source[at + 1] != ']')
        {
            var behind = at + 1;
            if (EcmaEscape.ReadClass(source, ref behind) is null)
            {
                at++;
                last = ReadOne(source, ref at);
            }
        }

        if (last < first)
        {
            throw new PatternException("range out of order");
        }

        set.Add(first, last);
    }

    private static int ReadOne(string source, ref int at)
    {
        if (source[at] != '\\')
        {
            return EcmaEscape.ReadCharacter(source, ref at);
        }

        if (at + 1 < source.Length && source[at + 1] == 'b')
        {
            at += 2;
            return '\b';
        }

        return EcmaEscape.ReadOne(source, ref at);
    }
}
