namespace AvaConsole.Core.Schemas.Examples;

/// <summary>Characters that may stand at one place of a text.</summary>
internal sealed class PatternSet(IReadOnlyList<(char First, char Last)> ranges, bool negated)
{
    // What reads well comes first: "abc123" says more than control characters.
    private const string Preferred =
        "abcdefghijklmnopqrstuvwxyz1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.,:;/@+=()[]{}<>!?#$%&*'\"`~^|\\ 示例文本éüñ\t\n\r\f\v";

    private static readonly (char, char)[] s_digits = [('0', '9')];
    private static readonly (char, char)[] s_words = [('a', 'z'), ('0', '9'), ('A', 'Z'), ('_', '_')];
    private static readonly (char, char)[] s_spaces = [(' ', ' '), ('\t', '\r')];

    private string? _choices;

    public static PatternSet Any { get; } = new([('\n', '\n'), ('\r', '\r')], true);

    public IReadOnlyList<(char First, char Last)> Ranges => ranges;

    public static PatternSet Of(char letter) => new([(letter, letter)], false);

    /// <summary><c>\d</c>, <c>\n</c>; anything else stands for itself.</summary>
    public static PatternSet Escape(char letter) => letter switch
    {
        'd' => new(s_digits, false),
        'D' => Without(s_digits),
        'w' => new(s_words, false),
        'W' => Without(s_words),
        's' => new(s_spaces, false),
        'S' => Without(s_spaces),
        'n' => Of('\n'),
        'r' => Of('\r'),
        't' => Of('\t'),
        'f' => Of('\f'),
        'v' => Of('\v'),
        '0' => Of('\0'),
        _ => Of(letter),
    };

    /// <summary>The characters that <c>\p{…}</c> is mostly written for.</summary>
    public static PatternSet Category(string name) => name switch
    {
        "Lu" or "Uppercase" => new([('A', 'Z')], false),
        "N" or "Nd" => new(s_digits, false),
        "P" => new([('.', '.'), (',', ','), ('-', '-')], false),
        "Z" or "Zs" => new([(' ', ' ')], false),
        "IsCJKUnifiedIdeographs" or "Script=Han" or "sc=Han" or "Han" => new([('\u4e00', '\u9fff')], false),
        _ => new([('a', 'z')], false),
    };

    public char Pick(int ordinal)
    {
        _choices ??= Choices();
        return _choices[ordinal % _choices.Length];
    }

    private string Choices()
    {
        var choices = string.Concat(Preferred.Where(Holds));
        return choices.Length > 0 ? choices : ranges.Count > 0 && !negated ? ranges[0].First.ToString() : "\u2603";
    }

    private bool Holds(char letter) => ranges.Any(range => letter >= range.First && letter <= range.Last) != negated;

    /// <summary>The complement as ranges, so that a class may hold it beside others.</summary>
    private static PatternSet Without((char First, char Last)[] ranges)
    {
        var (left, next) = (new List<(char, char)>(), 0);
        foreach (var (first, last) in ranges.OrderBy(range => range.First))
        {
            if (first > next)
            {
                left.Add(((char)next, (char)(first - 1)));
            }

            next = last + 1;
        }

        left.Add(((char)next, char.MaxValue));
        return new PatternSet(left, false);
    }
}
