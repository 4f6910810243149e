using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>The tokens of a <c>vocab.txt</c>: one for each line, numbered from 0.</summary>
internal sealed class Vocabulary
{
    private const int MaxBytes = 32 << 20;

    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    private Vocabulary(Dictionary<string, int> numbers) => (_numbers, _bySpan) = (numbers, numbers.GetAlternateLookup<ReadOnlySpan<char>>());

    /// <summary>Some token continues a word, as those of BERT do.</summary>
    public bool HasPieces { get; private init; }

    /// <returns>Errors <c>package.vocabulary_missing</c>, <c>package.vocabulary_too_large</c>, <c>package.vocabulary_not_utf8</c>.</returns>
    public static Result<Vocabulary> Read(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            return new InvalidError(ServiceYaml.FileName + ":input.vocabulary", "package.vocabulary_missing", file);
        }

        if (new FileInfo(path).Length > MaxBytes)
        {
            return new InvalidError(file, "package.vocabulary_too_large", file, MaxBytes >> 20);
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
            var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
            var numbers = new Dictionary<string, int>(lines.Length, StringComparer.Ordinal);
            for (var number = 0; number < lines.Length; number++)
            {
                numbers.TryAdd(lines[number], number);
            }

            return new Vocabulary(numbers) { HasPieces = lines.Any(line => line.StartsWith("##", StringComparison.Ordinal)) };
        }
        catch (DecoderFallbackException)
        {
            return new InvalidError(file, "package.vocabulary_not_utf8", file);
        }
    }

    public int? Find(ReadOnlySpan<char> token) => _bySpan.TryGetValue(token, out var number) ? number : null;

    /// <summary>The first of the tokens that it has.</summary>
    public int? FindFirst(params ReadOnlySpan<string?> tokens)
    {
        foreach (var token in tokens)
        {
            if (token is not null && _numbers.TryGetValue(token, out var number))
            {
                return number;
            }
        }

        return null;
    }
}
