using System.Globalization;
using System.Text;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>
/// Writes texts that a regular expression is meant to match. Assertions and back references are passed over: whoever asks checks
/// the text with a real engine and tries the next one.
/// </summary>
internal sealed class PatternText
{
    private const int MaxLength = 4096;
    private const int MaxVisits = 50_000;

    private readonly Node _root;

    private PatternText(Node root) => _root = root;

    /// <summary>Null where it is no regular expression.</summary>
    public static PatternText? Parse(string pattern) => new Parser(pattern).Parse() is { } root ? new PatternText(root) : null;

    /// <param name="extra">How much more often than needed an open repetition repeats.</param>
    /// <param name="ordinal">Another number gives, where there is a choice, another text.</param>
    public string Write(int extra, int ordinal)
    {
        var writer = new Writer(extra, ordinal);
        writer.Visit(_root);
        return writer.Text;
    }

    private abstract record Node;

    private sealed record Sequence(IReadOnlyList<Node> Parts) : Node;

    private sealed record Choice(IReadOnlyList<Node> Options) : Node;

    private sealed record Repeat(Node Part, int Least, int Most) : Node;

    private sealed record Letter(PatternSet Set) : Node;

    private sealed class Writer(int extra, int variant)
    {
        private readonly StringBuilder _text = new();
        private int _picks;
        private int _visits;

        public string Text => _text.ToString();

        public void Visit(Node node)
        {
            if (++_visits > MaxVisits || _text.Length >= MaxLength)
            {
                return;
            }

            switch (node)
            {
                case Sequence sequence:
                    foreach (var part in sequence.Parts)
                    {
                        Visit(part);
                    }

                    break;
                case Choice choice:
                    Visit(choice.Options[variant % choice.Options.Count]);
                    break;
                case Repeat repeat:
                    for (var i = 0; i < Math.Min(repeat.Most, (long)repeat.Least + extra) && _visits <= MaxVisits && _text.Length < MaxLength; i++)
                    {
                        Visit(repeat.Part);
                    }

                    break;
                case Letter letter:
                    _text.Append(letter.Set.Pick(variant + _picks++));
                    break;
            }
        }
    }

    /// <summary>Reads what ECMA-262 and .NET have in common.</summary>
    private sealed class Parser(string pattern)
    {
        private const int MaxDepth = 64;

        private int _at;
        private int _depth;
        private bool _failed;

        private bool AtEnd => _at >= pattern.Length;

        public Node? Parse()
        {
            var root = Alternatives();
            return _failed || !AtEnd ? null : root;
        }

        private Node Alternatives()
        {
            if (++_depth > MaxDepth)
            {
                _failed = true;
            }

            var options = new List<Node> { Terms() };
            while (!_failed && Take('|'))
            {
                options.Add(Terms());
            }

            _depth--;
            return options.Count == 1 ? options[0] : new Choice(options);
        }

        private Sequence Terms()
        {
            var parts = new List<Node>();
            while (!_failed && !AtEnd && pattern[_at] is not ('|' or ')'))
            {
                if (Atom() is { } atom)
                {
                    parts.Add(Quantified(atom));
                }
            }

            return new Sequence(parts);
        }

        /// <summary>Null for what takes no room in a text.</summary>
        private Node? Atom()
        {
            var letter = pattern[_at++];
            switch (letter)
            {
                case '^' or '$':
                    return null;
                case '.':
                    return new Letter(PatternSet.Any);
                case '(':
                    return Group();
                case '[':
                    return Class();
                case '\\':
                    return Escaped() is { } set ? new Letter(set) : null;
                default:
                    return new Letter(PatternSet.Of(letter));
            }
        }

        private Node? Group()
        {
            var asserts = Ahead("?=") || Ahead("?!") || Ahead("?<=") || Ahead("?<!");
            if (Take('?') && !Take(':'))
            {
                // (?<name>…), or an assertion, whose inside is read and left out.
                while (!AtEnd && pattern[_at] is not ('>' or '=' or '!'))
                {
                    _at++;
                }

                _at++;
            }

            var inner = Alternatives();
            _failed |= !Take(')');
            return asserts ? null : inner;
        }

        private Letter Class()
        {
            var (negated, ranges) = (Take('^'), new List<(char First, char Last)>());
            while (!AtEnd && pattern[_at] != ']')
            {
                var first = ClassItem(ranges);
                if (first is null || _at + 1 >= pattern.Length || pattern[_at] != '-' || pattern[_at + 1] == ']')
                {
                    continue;
                }

                _at++;
                if (ClassItem(ranges) is { } last && last >= first)
                {
                    ranges.Add((first.Value, last));
                }
            }

            _failed |= !Take(']');
            return new Letter(new PatternSet(ranges, negated));
        }

        /// <summary>The character, where it is one; of <c>\d</c> and its like the set is added and null returned.</summary>
        private char? ClassItem(List<(char First, char Last)> ranges)
        {
            var letter = pattern[_at++];
            if (letter != '\\')
            {
                ranges.Add((letter, letter));
                return letter;
            }

            if (!AtEnd && pattern[_at] == 'b')
            {
                _at++;
                return '\b';
            }

            if (Escaped() is not { } set)
            {
                return null;
            }

            ranges.AddRange(set.Ranges);
            return set.Ranges is [var (only, last)] && only == last ? only : null;
        }

        private PatternSet? Escaped()
        {
            if (AtEnd)
            {
                _failed = true;
                return null;
            }

            var letter = pattern[_at++];
            switch (letter)
            {
                case 'b' or 'B' or (>= '1' and <= '9'):
                    return null;
                case 'k':
                    SkipTo('>');
                    return null;
                case 'p' or 'P':
                    return Category(letter == 'P');
                case 'x':
                    return Code(2);
                case 'u':
                    return Code(4);
                default:
                    return PatternSet.Escape(letter);
            }
        }

        private PatternSet Category(bool negated)
        {
            var start = _at + 1;
            SkipTo('}');
            var name = _failed || start >= _at ? "" : pattern[start..(_at - 1)];
            var set = PatternSet.Category(name);
            return negated ? new PatternSet(set.Ranges, true) : set;
        }

        private PatternSet? Code(int digits)
        {
            var braced = Take('{');
            var end = braced ? pattern.IndexOf('}', _at) : _at + digits;
            if (end < 0 || end > pattern.Length || !int.TryParse(pattern.AsSpan(_at, end - _at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > char.MaxValue)
            {
                _failed = true;
                return null;
            }

            _at = braced ? end + 1 : end;
            return PatternSet.Of((char)code);
        }

        private Node Quantified(Node atom)
        {
            var (least, most) = Bounds();
            if (least < 0)
            {
                return atom;
            }

            // Greedy, lazy and possessive match the same texts here.
            _ = Take('?') || Take('+');
            return new Repeat(atom, least, most);
        }

        private (int Least, int Most) Bounds()
        {
            if (Take('*'))
            {
                return (0, int.MaxValue);
            }

            if (Take('+'))
            {
                return (1, int.MaxValue);
            }

            if (Take('?'))
            {
                return (0, 1);
            }

            var end = Ahead("{") ? pattern.IndexOf('}', _at) : -1;
            if (end < 0)
            {
                return (-1, -1);
            }

            var parts = pattern[(_at + 1)..end].Split(',');
            if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least))
            {
                return (-1, -1);
            }

            _at = end + 1;
            return (least, parts.Length == 1 ? least : int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : int.MaxValue);
        }

        private void SkipTo(char end)
        {
            var found = pattern.IndexOf(end, Math.Min(_at, pattern.Length));
            (_failed, _at) = found < 0 ? (true, pattern.Length) : (_failed, found + 1);
        }

        private bool Take(char letter)
        {
            var taken = !AtEnd && pattern[_at] == letter;
            _at += taken ? 1 : 0;
            return taken;
        }

        private bool Ahead(string text) => string.CompareOrdinal(pattern, _at, text, 0, text.Length) == 0;
    }
}
