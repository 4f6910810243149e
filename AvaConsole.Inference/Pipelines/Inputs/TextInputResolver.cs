using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Settles how text becomes an input.</summary>
internal sealed class TextInputResolver(TextInput description, ModelPort port, ModelSignature signature, string folder, InputProblems problems)
{
    private const int MaxTokens = 65536;

    /// <returns>Null where something does not fit, which is reported.</returns>
    public IInputPart? Resolve()
    {
        var before = problems.All.Count;
        var vocabulary = ReadVocabulary();
        var kind = description.Tokenizer ?? Usual(vocabulary);
        var isText = kind == TextTokenizer.None;
        if (port.Kind != PortKind.Tensor || isText != (port.Type == TensorType.Bytes) || !IsShape(isText))
        {
            problems.Report(isText ? "package.input_not_text" : "package.input_not_tokens", port.Name, InputProblems.Show(port), $"{kind}".ToLowerInvariant());
        }

        var (mask, types) = (Named("input.mask_tensor", description.MaskTensor), Named("input.types_tensor", description.TypesTensor));
        var frame = FindFrame(kind, vocabulary);
        if (problems.All.Count > before)
        {
            return null;
        }

        var unknown = vocabulary?.FindFirst(description.Unknown, "[UNK]", "<unk>") ?? 0;
        var tokenizer = isText ? null : new Tokenizer(kind, vocabulary, unknown, description.Lowercase == true);
        return new TextInputPart(description, tokenizer, frame, port, mask, types);
    }

    private Vocabulary? ReadVocabulary()
    {
        if (description.Vocabulary is not { } file)
        {
            return null;
        }

        var read = Vocabulary.Read(folder, file);
        if (!read.IsSuccess)
        {
            problems.Add(read.Error);
        }

        return read.Value;
    }

    private TextTokenizer Usual(Vocabulary? vocabulary) => (port.Type, vocabulary) switch
    {
        (TensorType.Bytes, _) => TextTokenizer.None,
        (_, { HasPieces: true }) => TextTokenizer.Wordpiece,
        (_, not null) => TextTokenizer.Whitespace,
        (TensorType.UInt8, _) => TextTokenizer.Bytes,
        _ => TextTokenizer.Characters,
    };

    private bool IsShape(bool isText) => isText
        ? port.Shape.All(length => length is -1 or 1)
        : port.Type is not TensorType.Bool && port.Shape is [_] or [-1 or 1, _];

    private ModelPort? Named(string field, string? name)
    {
        var found = signature.Inputs.FirstOrDefault(input => input.Name == name);
        if (name is not null && (found is null || found.Type == TensorType.Bytes || found.Shape.Count != port.Shape.Count))
        {
            problems.Report("package.text_tensor", field, name, port.Name, InputProblems.Show(port));
        }

        return found;
    }

    private TokenFrame FindFrame(TextTokenizer kind, Vocabulary? vocabulary)
    {
        var ofModel = port.Shape is [.., > 0] && kind != TextTokenizer.None ? (int?)port.Shape[^1] : null;
        if (ofModel is not null && description.Length is not null && ofModel != description.Length)
        {
            problems.Report("package.input_size_differs", "input.length", description.Length, ofModel);
        }

        var pieces = kind == TextTokenizer.Wordpiece;
        var start = Token("input.start", description.Start, vocabulary) ?? (pieces && description.Start is null ? vocabulary?.FindFirst("[CLS]") : null);
        var end = Token("input.end", description.End, vocabulary) ?? (pieces && description.End is null ? vocabulary?.FindFirst("[SEP]") : null);
        Token("input.unknown", description.Unknown, vocabulary);
        var length = description.Length ?? ofModel;
        if (length < (start is null ? 0 : 1) + (end is null ? 0 : 1) + 1)
        {
            problems.Report("package.text_length", length);
        }

        return new TokenFrame(
            length, MaxTokens, description.Pad ?? vocabulary?.FindFirst("[PAD]", "<pad>") ?? 0, start, end, description.Truncate == TextEnd.Start);
    }

    private long? Token(string field, string? token, Vocabulary? vocabulary)
    {
        var number = token is null ? null : vocabulary?.FindFirst(token);
        if (token is not null && vocabulary is not null && number is null)
        {
            problems.Report("package.token_unknown", field, token, description.Vocabulary);
        }

        return number;
    }
}
