using System.Buffers;
using System.Globalization;
using System.Text;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Text to numbers of tokens.</summary>
/// <param name="unknown">Number for what the vocabulary does not have.</param>
internal sealed class Tokenizer(TextTokenizer kind, Vocabulary? vocabulary, int unknown, bool lowercase)
{
    // BERT gives up on longer words.
    private const int MaxWord = 100;

    public List<long> Tokenize(string text)
    {
        var numbers = new List<long>();
        if (lowercase)
        {
            text = text.ToLowerInvariant();
        }

        switch (kind)
        {
            case TextTokenizer.Bytes:
                AddBytes(text, numbers);
                break;
            case TextTokenizer.Characters:
                AddCharacters(text, numbers);
                break;
            case TextTokenizer.Whitespace:
                foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                {
                    numbers.Add(vocabulary!.Find(word) ?? unknown);
                }

                break;
            default:
                AddPieces(text, numbers);
                break;
        }

        return numbers;
    }

    private static void AddBytes(string text, List<long> numbers)
    {
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            numbers.Add(value);
        }
    }

    private void AddCharacters(string text, List<long> numbers)
    {
        Span<char> characters = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            numbers.Add(vocabulary is null ? rune.Value : vocabulary.Find(characters[..rune.EncodeToUtf16(characters)]) ?? unknown);
        }
    }

    /// <summary>Words, punctuation and Chinese characters apart, without accents where everything is lower case, each in its longest known pieces.</summary>
    private void AddPieces(string text, List<long> numbers)
    {
        var word = new StringBuilder();
        foreach (var rune in (lowercase ? text.Normalize(NormalizationForm.FormD) : text).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (lowercase && category == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (Rune.IsWhiteSpace(rune) || category is UnicodeCategory.Control or UnicodeCategory.Format)
            {
                // White space ends a word; other invisible characters vanish from it.
                if (Rune.IsWhiteSpace(rune))
                {
                    AddWord(word, numbers);
                }
            }
            else if (StandsAlone(rune, category))
            {
                AddWord(word, numbers);
                AddWord(word.Append(rune.ToString()), numbers);
            }
            else
            {
                word.Append(rune.ToString());
            }
        }

        AddWord(word, numbers);
    }

    // ASCII symbols as $ and + count as punctuation for BERT, those of other scripts do not.
    private static bool StandsAlone(Rune rune, UnicodeCategory category) =>
        Rune.IsPunctuation(rune) || (rune.IsAscii && Rune.IsSymbol(rune)) || (category == UnicodeCategory.OtherLetter && IsChinese(rune.Value));

    private static bool IsChinese(int value) =>
        value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    private void AddWord(StringBuilder word, List<long> numbers)
    {
        if (word.Length == 0)
        {
            return;
        }

        var text = word.ToString();
        word.Clear();
        var before = numbers.Count;
        if (text.Length > MaxWord || !TryAddPieces(text, numbers))
        {
            numbers.RemoveRange(before, numbers.Count - before);
            numbers.Add(unknown);
        }
    }

    private bool TryAddPieces(string word, List<long> numbers)
    {
        var buffer = ArrayPool<char>.Shared.Rent(word.Length + 2);
        try
        {
            for (var start = 0; start < word.Length;)
            {
                var (end, number) = Longest(word, start, buffer);
                if (end == start)
                {
                    return false;
                }

                numbers.Add(number);
                start = end;
            }

            return true;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <returns>The end of the longest known piece from <paramref name="start"/> on; the start itself where there is none.</returns>
    private (int End, int Number) Longest(string word, int start, char[] buffer)
    {
        // Inside of a word, pieces are written ##ing.
        var mark = start == 0 ? 0 : 2;
        buffer.AsSpan(0, mark).Fill('#');
        word.AsSpan(start).CopyTo(buffer.AsSpan(mark));
        for (var end = word.Length; end > start; end--)
        {
            if (vocabulary!.Find(buffer.AsSpan(0, mark + end - start)) is { } number)
            {
                return (end, number);
            }
        }

        return (start, 0);
    }
}
