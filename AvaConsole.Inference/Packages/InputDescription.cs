using AvaConsole.Inference.Pictures;

namespace AvaConsole.Inference.Packages;

/// <summary>One member of <c>inputs</c>. Where it is of none of the types below, its kind is worked out from the model's signature.</summary>
public record InputDescription
{
    /// <summary><c>tensor</c>: the model's input that takes it; null: the only one, or the first that nothing else names.</summary>
    [ServiceMember("The model's input. Default: the only one, or the first that nothing else names.")]
    public string? Tensor { get; init; }

    /// <summary><c>entry</c>: the payload entry that it comes from; null: the one named like the tensor, or the only one.</summary>
    [ServiceMember("The payload entry that it comes from. Default: the one named like the tensor, or the only one that fits.")]
    public string? Entry { get; init; }
}

/// <summary><c>kind: picture</c>. A pixel's 0–255 becomes <c>(pixel - mean) / std × scale</c>.</summary>
public sealed record PictureInput : InputDescription, IServiceRules
{
    private const int MaxSize = 8192;

    /// <summary>Pixels; null: the model's own.</summary>
    [ServiceMember("Pixels. Default: the model's own; needed where it takes any size.", Minimum = 1, Maximum = MaxSize, IsOverridable = true)]
    public int? Width { get; init; }

    /// <summary>Pixels; null: the model's own, else the width.</summary>
    [ServiceMember("Pixels. Default: the model's own, else the width.", Minimum = 1, Maximum = MaxSize, IsOverridable = true)]
    public int? Height { get; init; }

    [ServiceMember("Channels and their order. Default: grey for one channel, rgb for three.", IsOverridable = true)]
    public PictureColor? Color { get; init; }

    [ServiceMember("Order of the dimensions. Default: where the dimension of 1 or 3 is.")]
    public PictureLayout? Layout { get; init; }

    [ServiceMember("stretch: proportions are given up; cover: fills the size, the centre is kept; contain: fits into it, borders are filled; crop: the shorter side becomes short_side, then the centre is cut out; none: the picture must have the size. Default: stretch.", IsOverridable = true)]
    public PictureFit? Resize { get; init; }

    /// <summary><c>short_side</c>: pixels to which <c>resize: crop</c> brings the shorter side before it cuts.</summary>
    [ServiceMember("Pixels of the shorter side before the centre is cut out, for resize: crop. Default: the longer side of the size.", Minimum = 1, Maximum = MaxSize, IsOverridable = true)]
    public int? ShortSide { get; init; }

    /// <summary>Under transparent parts; null is white.</summary>
    [ServiceMember("Colour under transparent parts. Default: white.", IsOverridable = true)]
    public Rgb? Background { get; init; }

    /// <summary>Colour of the borders of <see cref="PictureFit.Contain"/>; null: the background.</summary>
    [ServiceMember("Colour of the borders, for resize: contain. Default: the background.", IsOverridable = true)]
    public Rgb? Padding { get; init; }

    /// <summary>One number, or one for each channel in the tensor's order.</summary>
    [ServiceMember("One number, or one for each channel: is taken from the pixel's 0–255. Default: 0.", OneOrMany = true, MaxItems = 3, IsOverridable = true)]
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>As <see cref="Mean"/>; never zero.</summary>
    [ServiceMember("One number, or one for each channel: the difference is divided by it. Default: 1.", OneOrMany = true, MaxItems = 3, NotZero = true, IsOverridable = true)]
    public IReadOnlyList<float>? Std { get; init; }

    [ServiceMember("Factor after that: the model gets (pixel - mean) / std × scale. Default: 1.", NotZero = true, IsOverridable = true)]
    public float? Scale { get; init; }

    /// <summary><c>min_side</c>: pixels; a picture with a shorter side is refused.</summary>
    [ServiceMember("Pixels: a picture with a shorter side is refused. Default: 2.", Minimum = 2, Maximum = 20000, IsOverridable = true)]
    public int? MinSide { get; init; }

    /// <summary><c>max_side</c>: pixels; a picture with a longer side is refused.</summary>
    [ServiceMember("Pixels: a picture with a longer side is refused. Default: 20000.", Minimum = 2, Maximum = 20000, IsOverridable = true)]
    public int? MaxSide { get; init; }

    IEnumerable<(string Member, string Code, object?[] Args)> IServiceRules.FindProblems()
    {
        if (ShortSide is not null && Resize != PictureFit.Crop)
        {
            yield return ("short_side", "package.service_field_needs", ["resize: crop"]);
        }

        if (ShortSide < Math.Max(Width ?? 0, Height ?? 0))
        {
            yield return ("short_side", "package.service_field_below", [ShortSide, Math.Max(Width ?? 0, Height ?? 0)]);
        }

        if (Padding is not null && Resize != PictureFit.Contain)
        {
            yield return ("padding", "package.service_field_needs", ["resize: contain"]);
        }

        if (MaxSide < MinSide)
        {
            yield return ("max_side", "package.service_field_below", [MaxSide, MinSide]);
        }
    }
}

/// <summary><c>kind: text</c>: UTF-8 to a BYTES tensor, or to numbers of tokens.</summary>
public sealed record TextInput : InputDescription, IServiceRules
{
    [ServiceMember("none: the text itself; bytes: its UTF-8 bytes; characters: its Unicode characters; whitespace: its words; wordpiece: pieces of words as BERT has them. Default: none for a model that takes BYTES, bytes for UINT8, else wordpiece or whitespace where there is a vocabulary and characters where there is none.")]
    public TextTokenizer? Tokenizer { get; init; }

    /// <summary><c>vocabulary</c>: file beside the model with one token for each line; its number is the line's, from 0.</summary>
    [ServiceMember("File beside the model: one token for each line, whose number from 0 goes into the tensor.", IsFile = true)]
    public string? Vocabulary { get; init; }

    /// <summary>Tokens in the tensor: shorter texts are padded, longer ones cut.</summary>
    [ServiceMember("Tokens in the tensor: shorter texts are padded, longer ones cut. Default: the model's own, else the text's.", Minimum = 1, Maximum = 65536, IsOverridable = true)]
    public int? Length { get; init; }

    [ServiceMember("Turns the text to lower case first. Default: false.", IsOverridable = true)]
    public bool? Lowercase { get; init; }

    /// <summary><c>pad</c>: number that fills up.</summary>
    [ServiceMember("Number that fills up. Default: that of [PAD] in the vocabulary, else 0.")]
    public long? Pad { get; init; }

    /// <summary><c>unknown</c>: token of the vocabulary for words that are not in it.</summary>
    [ServiceMember("Token of the vocabulary for what is not in it. Default: [UNK] or <unk>.")]
    public string? Unknown { get; init; }

    /// <summary><c>start</c>: token of the vocabulary before every text.</summary>
    [ServiceMember("Token of the vocabulary before every text. Default: [CLS] for wordpiece, else none.")]
    public string? Start { get; init; }

    /// <summary><c>end</c>: token of the vocabulary after every text.</summary>
    [ServiceMember("Token of the vocabulary after every text. Default: [SEP] for wordpiece, else none.")]
    public string? End { get; init; }

    /// <summary>Which end of a text that is too long is cut off.</summary>
    [ServiceMember("Which end of a text that is too long is cut off. Default: end.", IsOverridable = true)]
    public TextEnd? Truncate { get; init; }

    /// <summary><c>mask_tensor</c>: the model's input that is told where tokens are (1) and where padding (0).</summary>
    [ServiceMember("The model's input that is told where tokens are (1) and where padding (0).")]
    public string? MaskTensor { get; init; }

    /// <summary><c>types_tensor</c>: the model's input that takes segment numbers; all 0.</summary>
    [ServiceMember("The model's input for segment numbers; all are 0.")]
    public string? TypesTensor { get; init; }

    IEnumerable<(string Member, string Code, object?[] Args)> IServiceRules.FindProblems()
    {
        if (Tokenizer is TextTokenizer.Whitespace or TextTokenizer.Wordpiece && Vocabulary is null)
        {
            yield return ("tokenizer", "package.service_field_needs", ["vocabulary"]);
        }

        if (Tokenizer is TextTokenizer.None or TextTokenizer.Bytes && Vocabulary is not null)
        {
            yield return ("vocabulary", "package.service_field_needs", ["tokenizer: characters, whitespace, wordpiece"]);
        }

        (string Name, string? Token)[] tokens = [("unknown", Unknown), ("start", Start), ("end", End)];
        foreach (var (name, _) in tokens.Where(token => token.Token is not null && Vocabulary is null))
        {
            yield return (name, "package.service_field_needs", ["vocabulary"]);
        }
    }
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
public sealed record TabularInput : InputDescription, IServiceRules
{
    /// <summary>In the tensor's order; empty: as many numbers as the model takes, in arrays only.</summary>
    [ServiceMember("Values of a row, in the tensor's order: names, or mappings. Default: as many numbers as the model takes, in arrays.", MaxItems = 10000)]
    public IReadOnlyList<ColumnDescription> Columns { get; init; } = [];

    /// <summary><c>max_rows</c>: rows of one request.</summary>
    [ServiceMember("Rows of one request. Default: 1000.", Minimum = 1, Maximum = 100000, IsOverridable = true)]
    public int? MaxRows { get; init; }

    IEnumerable<(string Member, string Code, object?[] Args)> IServiceRules.FindProblems() => Columns
        .GroupBy(column => column.Name, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => ("columns", "package.service_field_twice", (object?[])[EntryName.Show(group.Key)]));
}

/// <summary>One value of a row.</summary>
public sealed record ColumnDescription : IServiceRules
{
    [ServiceMember("Member of the JSON object.")]
    public required string Name { get; init; }

    /// <summary>Texts that it may be; the number of the text, from 0, goes into the tensor. Empty for numbers.</summary>
    [ServiceMember("Texts that it may be: their number from 0 goes into the tensor. Default: it is a number.", MaxItems = 10000)]
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary><c>one_hot</c>: one number for each category instead of its number.</summary>
    [ServiceMember("One number for each category, 1 for the one that it is, instead of its number. Default: false.")]
    public bool OneHot { get; init; }

    /// <summary><c>missing</c>: takes the place of null and of a member that is left out; null: those are refused. May be NaN.</summary>
    [ServiceMember("Takes the place of null and of what is left out; may be .nan. Default: those are refused.", MayBeNaN = true)]
    public float? Missing { get; init; }

    /// <summary><c>unknown</c>: number for a text that is no category; null: it is refused.</summary>
    [ServiceMember("Number for a text that is none of the categories; may be .nan. Default: it is refused.", MayBeNaN = true)]
    public float? Unknown { get; init; }

    /// <summary>The number becomes <c>(number - mean) / std</c>; 0 where it is left out.</summary>
    [ServiceMember("Is taken from the number. Default: 0.")]
    public float Mean { get; init; }

    /// <summary>1 where it is left out; never 0.</summary>
    [ServiceMember("The difference is divided by it. Default: 1.", NotZero = true)]
    public float Std { get; init; } = 1;

    IEnumerable<(string Member, string Code, object?[] Args)> IServiceRules.FindProblems()
    {
        if (Categories.Count == 0 && (OneHot || Unknown is not null))
        {
            yield return (OneHot ? "one_hot" : "unknown", "package.service_field_needs", ["categories"]);
        }

        if (Categories.GroupBy(category => category, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            yield return ("categories", "package.service_field_twice", [EntryName.Show(twice.Key)]);
        }
    }
}

/// <summary><c>kind: audio</c>: a WAV file to samples from -1 to 1, times <see cref="Scale"/>.</summary>
public sealed record AudioInput : InputDescription
{
    /// <summary>Samples for each second; null: as in the file.</summary>
    [ServiceMember("Samples for each second: other files are resampled. Default: as in the file.", Minimum = 1000, Maximum = 384000)]
    public int? Rate { get; init; }

    /// <summary>Samples in the tensor: shorter sounds are padded with silence, longer ones cut; null: the model's own, else the file's.</summary>
    [ServiceMember("Samples in the tensor: shorter sounds are padded with silence, longer ones cut. Default: the model's own, else the file's.", Minimum = 1, Maximum = 100000000)]
    public int? Length { get; init; }

    [ServiceMember("mono: the mean of all; first: the first alone; all: each a row of its own. Default: mono.")]
    public AudioChannels? Channels { get; init; }

    [ServiceMember("Samples are -1 to 1 times this. Default: 1, and the whole range for an integer tensor.", NotZero = true, IsOverridable = true)]
    public float? Scale { get; init; }

    /// <summary><c>max_seconds</c>: a longer sound is refused.</summary>
    [ServiceMember("A longer sound is refused. Default: 120.", Minimum = 0.001, Maximum = 7200, IsOverridable = true)]
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
public sealed record TensorInput : InputDescription, IServiceRules
{
    [ServiceMember("json: nested arrays, or one flat array where the shape is known; bytes: row-major little-endian numbers. Default: json.")]
    public TensorFormat? Format { get; init; }

    /// <summary>-1 for one length at most that follows from the payload; empty: the model's, or that of the JSON arrays.</summary>
    [ServiceMember("Lengths of the dimensions; -1 for one that follows from the payload. Default: the model's.", Minimum = -1, Maximum = 1000000000, MaxItems = 8)]
    public IReadOnlyList<long> Shape { get; init; } = [];

    IEnumerable<(string Member, string Code, object?[] Args)> IServiceRules.FindProblems()
    {
        if (Shape.Count(length => length < 0) > 1)
        {
            yield return ("shape", "package.service_field_twice", [-1]);
        }
    }
}

public enum TensorFormat
{
    Json,
    Bytes,
}
