using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>What tokens become: see <see cref="TextInput"/>.</summary>
/// <param name="Length">Tokens in the tensor; null: as many as the text has.</param>
/// <param name="MaxLength">Tokens of any text.</param>
internal sealed record TokenFrame(int? Length, int MaxLength, long Pad, long? Start, long? End, bool CutsStart);

/// <summary>A UTF-8 text to one row: itself, or the numbers of its tokens with what tells them from padding.</summary>
/// <param name="tokenizer">Null: the text itself.</param>
/// <param name="port">The input for the tokens, or for the text.</param>
/// <param name="mask">The input that tells tokens from padding; null for none.</param>
/// <param name="types">The input for segments; null for none.</param>
internal sealed class TextInputPart(TextInput description, Tokenizer? tokenizer, TokenFrame frame, ModelPort port, ModelPort? mask, ModelPort? types) : IInputPart
{
    public string Entry => PayloadEntry.NameOf(description, port.Name);

    private const int MaxBytes = 1 << 20;
    private const int SampleLength = 16;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    public Error? Prepare(InferenceRequest request, InputBuilder builder)
    {
        var entry = PayloadEntry.Find(request, description, port.Name);
        if (!entry.IsSuccess)
        {
            return entry.Error;
        }

        var (name, bytes) = entry.Value;
        if (bytes.Length > MaxBytes)
        {
            return new InvalidError(name, "payload.text_too_long", bytes.Length, MaxBytes);
        }

        try
        {
            Add(s_strict.GetString(bytes.Span), builder);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return new InvalidError(name, "payload.text_not_utf8");
        }
    }

    public void MakeSample(int seed, InputBuilder builder)
    {
        if (tokenizer is null)
        {
            Add(seed == 0 ? "a sample" : "quite another text", builder);
            return;
        }

        // Small numbers that every vocabulary has; as many for each seed, so that the samples can share a run.
        var length = frame.Length ?? SampleLength;
        AddTokens(Enumerable.Range(0, length).Select(index => (long)(index * (seed + 1) % 3)).ToList(), builder);
    }

    private void Add(string text, InputBuilder builder)
    {
        if (tokenizer is null)
        {
            text = description.Lowercase == true ? text.ToLowerInvariant() : text;
            builder.AddTexts(port.Name, [s_strict.GetBytes(text)], Enumerable.Repeat(1L, port.Shape.Count).ToArray());
            return;
        }

        AddTokens(Cut(tokenizer.Tokenize(text)), builder);
    }

    private void AddTokens(List<long> tokens, InputBuilder builder)
    {
        var length = frame.Length ?? Math.Max(1, tokens.Count);
        Fill(builder, port, length, index => index < tokens.Count ? tokens[index] : frame.Pad);
        if (mask is not null)
        {
            Fill(builder, mask, length, index => index < tokens.Count ? 1 : 0);
        }

        if (types is not null)
        {
            Fill(builder, types, length, _ => 0);
        }
    }

    private List<long> Cut(List<long> tokens)
    {
        var room = (frame.Length ?? frame.MaxLength) - (frame.Start is null ? 0 : 1) - (frame.End is null ? 0 : 1);
        var spare = tokens.Count - room;
        if (spare > 0)
        {
            tokens.RemoveRange(frame.CutsStart ? 0 : room, spare);
        }

        if (frame.Start is { } start)
        {
            tokens.Insert(0, start);
        }

        if (frame.End is { } end)
        {
            tokens.Add(end);
        }

        return tokens;
    }

    private static void Fill(InputBuilder builder, ModelPort port, int length, Func<int, long> value)
    {
        var target = builder.Add(port.Name, port.Type, port.Shape.Count == 1 ? [length] : [1, length]);
        for (var index = 0; index < length; index++)
        {
            Elements.Write(port.Type, target, index, value(index));
        }
    }
}
