using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Emits block style YAML in which a string stays a string for every reader: what might be read as something else is quoted.</summary>
internal sealed class YamlText(IEmitter emitter)
{
    /// <summary>Words that YAML 1.1 readers, Go's among them, take for booleans or null.</summary>
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
    };

    public void Document(Action body)
    {
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        emitter.Emit(new MappingStart());
        body();
        emitter.Emit(new MappingEnd());
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    public void Mapping(string key, Action body)
    {
        emitter.Emit(String(key));
        emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
        body();
        emitter.Emit(new MappingEnd());
    }

    public void Scalar(string key, Scalar value)
    {
        emitter.Emit(String(key));
        emitter.Emit(value);
    }

    public void Sequence(string key, IEnumerable<Scalar> values)
    {
        emitter.Emit(String(key));
        emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
        foreach (var value in values)
        {
            emitter.Emit(value);
        }

        emitter.Emit(new SequenceEnd());
    }

    public void Text(string key, string value, bool quote = false) => Scalar(key, quote ? Quoted(value) : String(value));

    /// <summary>One word as a text, several as a sequence, none not at all.</summary>
    public void WordsIfAny(string key, IReadOnlyList<string> words)
    {
        if (words.Count > 1)
        {
            Sequence(key, words.Select(String));
        }
        else
        {
            TextIfAny(key, words.Count == 0 ? "" : words[0]);
        }
    }

    public void TextIfAny(string key, string value)
    {
        if (value.Length > 0)
        {
            Text(key, value);
        }
    }

    public void TextsIfAny(string key, IEnumerable<string> values)
    {
        var scalars = values.Select(String).ToList();
        if (scalars.Count > 0)
        {
            Sequence(key, scalars);
        }
    }

    public void NumberIfAny(string key, decimal? value)
    {
        if (value is not null)
        {
            Scalar(key, Plain(ParameterText.Format(value.Value)));
        }
    }

    /// <summary>A number or a boolean in its plain form.</summary>
    public static Scalar Plain(string value) => new(AnchorName.Empty, TagName.Empty, value, ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false);

    public static Scalar String(string value) => IsSafe(value)
        ? new Scalar(AnchorName.Empty, TagName.Empty, value, ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: true)
        : Quoted(value);

    private static Scalar Quoted(string value) =>
        new(AnchorName.Empty, TagName.Empty, value, ScalarStyle.DoubleQuoted, isPlainImplicit: false, isQuotedImplicit: true);

    // Starts with a letter, so it is no number, date or indicator; holds nothing that ends a plain scalar (": ", " #").
    private static bool IsSafe(string value) =>
        value.Length > 0
        && (char.IsLetter(value[0]) || value[0] == '_')
        && value[^1] != ' '
        && !s_words.Contains(value)
        && value.All(character => char.IsLetterOrDigit(character) || character is ' ' or '_' or '-' or '.' or '/' or ',' or '(' or ')');
}
