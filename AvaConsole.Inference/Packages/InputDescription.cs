using AvaConsole.Inference.Pictures;

namespace AvaConsole.Inference.Packages;

/// <summary>One member of <c>inputs</c>. Where it is of none of the types below, its kind is worked out from the model's signature.</summary>
public record InputDescription
{
    /// <summary><c>tensor</c>: the model's input that takes it; null: the only one, or the first that nothing else names.</summary>
    public string? Tensor { get; init; }

    /// <summary><c>entry</c>: the payload entry that it comes from; null: the one named like the tensor, or the only one.</summary>
    public string? Entry { get; init; }
}

/// <summary><c>kind: picture</c>. A pixel's 0–255 becomes <c>(pixel - mean) / std × scale</c>.</summary>
public sealed record PictureInput : InputDescription
{
    /// <summary>Pixels; null: the model's own.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels; null: the model's own, else the width.</summary>
    public int? Height { get; init; }

    public PictureColor? Color { get; init; }

    public PictureLayout? Layout { get; init; }

    public PictureFit? Resize { get; init; }

    /// <summary><c>short_side</c>: pixels to which <c>resize: crop</c> brings the shorter side before it cuts.</summary>
    public int? ShortSide { get; init; }

    /// <summary>Under transparent parts; null is white.</summary>
    public Rgb? Background { get; init; }

    /// <summary>Colour of the borders of <see cref="PictureFit.Contain"/>; null: the background.</summary>
    public Rgb? Padding { get; init; }

    /// <summary>One number, or one for each channel in the tensor's order.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>As <see cref="Mean"/>; never zero.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    public float? Scale { get; init; }

    /// <summary><c>min_side</c>: pixels; a picture with a shorter side is refused.</summary>
    public int? MinSide { get; init; }

    /// <summary><c>max_side</c>: pixels; a picture with a longer side is refused.</summary>
    public int? MaxSide { get; init; }
}

/// <summary><c>kind: text</c>: UTF-8 to a BYTES tensor, or to numbers of tokens.</summary>
public sealed record TextInput : InputDescription
{
    public TextTokenizer? Tokenizer { get; init; }

    /// <summary><c>vocabulary</c>: file beside the model with one token for each line; its number is the line's, from 0.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Tokens in the tensor: shorter texts are padded, longer ones cut.</summary>
    public int? Length { get; init; }

    public bool? Lowercase { get; init; }

    /// <summary><c>pad</c>: number that fills up.</summary>
    public long? Pad { get; init; }

    /// <summary><c>unknown</c>: token of the vocabulary for words that are not in it.</summary>
    public string? Unknown { get; init; }

    /// <summary><c>start</c>: token of the vocabulary before every text.</summary>
    public string? Start { get; init; }

    /// <summary><c>end</c>: token of the vocabulary after every text.</summary>
    public string? End { get; init; }

    /// <summary>Which end of a text that is too long is cut off.</summary>
    public TextEnd? Truncate { get; init; }

    /// <summary><c>mask_tensor</c>: the model's input that is told where tokens are (1) and where padding (0).</summary>
    public string? MaskTensor { get; init; }

    /// <summary><c>types_tensor</c>: the model's input that takes segment numbers; all 0.</summary>
    public string? TypesTensor { get; init; }
}

public enum TextTokenizer
{
    /// <summary>The whole text as one element of a BYTES tensor.</summary>
    None,

    /// <summary>Its UTF-8 bytes as numbers.</summary>
    Bytes,

    /// <summary>Unicode characters.</summary>
    Characters,

    /// <summary>What stands between white space.</summary>
    Whitespace,

    /// <summary>Words and punctuation, taken apart into the longest pieces of the vocabulary (<c>##</c> continues a word).</summary>
    Wordpiece,
}

public enum TextEnd
{
    End,
    Start,
}

/// <summary><c>kind: tabular</c>: one JSON object or array of values for each row.</summary>
public sealed record TabularInput : InputDescription
{
    /// <summary>In the tensor's order; empty: as many numbers as the model takes, in arrays only.</summary>
    public IReadOnlyList<ColumnDescription> Columns { get; init; } = [];

    /// <summary><c>max_rows</c>: rows of one request.</summary>
    public int? MaxRows { get; init; }
}

/// <summary>One value of a row.</summary>
public sealed record ColumnDescription
{
    public required string Name { get; init; }

    /// <summary>Texts that it may be; the number of the text, from 0, goes into the tensor. Empty for numbers.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary><c>one_hot</c>: one number for each category instead of its number.</summary>
    public bool OneHot { get; init; }

    /// <summary><c>missing</c>: takes the place of null and of a member that is left out; null: those are refused. May be NaN.</summary>
    public float? Missing { get; init; }

    /// <summary><c>unknown</c>: number for a text that is no category; null: it is refused.</summary>
    public float? Unknown { get; init; }

    /// <summary>The number becomes <c>(number - mean) / std</c>; 0 where it is left out.</summary>
    public float Mean { get; init; }

    /// <summary>1 where it is left out; never 0.</summary>
    public float Std { get; init; } = 1;
}

/// <summary><c>kind: audio</c>: a WAV file to samples from -1 to 1, times <see cref="Scale"/>.</summary>
public sealed record AudioInput : InputDescription
{
    /// <summary>Samples for each second; null: as in the file.</summary>
    public int? Rate { get; init; }

    /// <summary>Samples in the tensor: shorter sounds are padded with silence, longer ones cut; null: the model's own, else the file's.</summary>
    public int? Length { get; init; }

    public AudioChannels? Channels { get; init; }

    public float? Scale { get; init; }

    /// <summary><c>max_seconds</c>: a longer sound is refused.</summary>
    public float? MaxSeconds { get; init; }
}

public enum AudioChannels
{
    /// <summary>The mean of all.</summary>
    Mono,

    /// <summary>The first alone.</summary>
    First,

    /// <summary>All, each a row of its own.</summary>
    All,
}

/// <summary><c>kind: tensor</c>: the numbers themselves, as nested JSON arrays or as little-endian bytes.</summary>
public sealed record TensorInput : InputDescription
{
    public TensorFormat? Format { get; init; }

    /// <summary>-1 for one length at most that follows from the payload; empty: the model's, or that of the JSON arrays.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];
}

public enum TensorFormat
{
    Json,
    Bytes,
}
