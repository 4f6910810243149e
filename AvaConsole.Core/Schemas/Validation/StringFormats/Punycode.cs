using System.Text;

namespace AvaConsole.Core.Schemas.Validation.StringFormats;

/// <summary>RFC 3492, as IDNA uses it.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int LeastThreshold = 1;
    private const int MostThreshold = 26;
    private const int FirstBias = 72;
    private const int FirstCharacter = 128;

    public static string Encode(string text)
    {
        var characters = text.EnumerateRunes().Select(rune => rune.Value).ToList();
        var target = new StringBuilder(string.Concat(characters.Where(one => one < FirstCharacter).Select(one => (char)one)));
        var (basic, done) = (target.Length, target.Length);
        if (basic > 0)
        {
            target.Append('-');
        }

        var (next, delta, bias) = (FirstCharacter, 0L, FirstBias);
        while (done < characters.Count && target.Length <= 256)
        {
            var least = characters.Where(one => one >= next).Min();
            delta += (long)(least - next) * (done + 1);
            next = least;
            foreach (var character in characters)
            {
                delta += character < next ? 1 : 0;
                if (character == next)
                {
                    AppendNumber(target, delta, bias);
                    bias = Adapt(delta, done + 1, done == basic);
                    (delta, done) = (0, done + 1);
                }
            }

            (delta, next) = (delta + 1, next + 1);
        }

        return target.ToString();
    }

    /// <summary>Null where the text is no such encoding.</summary>
    public static string? Decode(string text)
    {
        var hyphen = text.LastIndexOf('-');
        var characters = text[..Math.Max(hyphen, 0)].Select(unit => (int)unit).ToList();
        var (next, index, bias) = (FirstCharacter, 0L, FirstBias);
        for (var at = hyphen + 1; at < text.Length;)
        {
            if (ReadNumber(text, ref at, bias) is not { } delta)
            {
                return null;
            }

            index += delta;
            bias = Adapt(delta, characters.Count + 1, index == delta && next == FirstCharacter && characters.Count == Math.Max(hyphen, 0));
            var value = next + (index / (characters.Count + 1));
            if (!Rune.IsValid((int)Math.Min(value, int.MaxValue)))
            {
                return null;
            }

            next = (int)value;
            index %= characters.Count + 1;
            characters.Insert((int)index++, next);
        }

        return string.Concat(characters.Select(one => new Rune(one).ToString()));
    }

    private static void AppendNumber(StringBuilder target, long number, int bias)
    {
        for (var place = Base; ; place += Base)
        {
            var threshold = Math.Clamp(place - bias, LeastThreshold, MostThreshold);
            if (number < threshold)
            {
                target.Append(Digit((int)number));
                return;
            }

            target.Append(Digit((int)(threshold + ((number - threshold) % (Base - threshold)))));
            number = (number - threshold) / (Base - threshold);
        }
    }

    private static long? ReadNumber(string text, ref int at, int bias)
    {
        var (number, weight) = (0L, 1L);
        for (var place = Base; at < text.Length; place += Base)
        {
            var digit = char.ToLowerInvariant(text[at++]) switch
            {
                >= 'a' and <= 'z' and var letter => letter - 'a',
                >= '0' and <= '9' and var figure => figure - '0' + 26,
                _ => Base,
            };
            number += digit * weight;
            if (digit >= Base || number > int.MaxValue)
            {
                return null;
            }

            var threshold = Math.Clamp(place - bias, LeastThreshold, MostThreshold);
            if (digit < threshold)
            {
                return number;
            }

            weight *= Base - threshold;
        }

        return null;
    }

    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / 700 : delta / 2;
        delta += delta / count;
        var place = 0;
        while (delta > (Base - LeastThreshold) * MostThreshold / 2)
        {
            delta /= Base - LeastThreshold;
            place += Base;
        }

        return (int)(place + ((Base - LeastThreshold + 1) * delta / (delta + 38)));
    }

    private static char Digit(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);
}
