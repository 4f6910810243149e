using System.Text.Json;
using System.Text.Json.Nodes;
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

    public void Document(JsonObject document)
    {
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Node(document);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    private void Node(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var (name, value) in members)
                {
                    emitter.Emit(String(name));
                    Node(value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in items)
                {
                    Node(item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            default:
                emitter.Emit(node?.GetValueKind() == JsonValueKind.String ? String(node.GetValue<string>()) : Plain(node?.ToJsonString() ?? "null"));
                break;
        }
    }

    /// <summary>A number, a boolean or null in its plain form.</summary>
    private static Scalar Plain(string value) => new(AnchorName.Empty, TagName.Empty, value, ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false);

    private static Scalar String(string value) => IsSafe(value)
        ? new Scalar(AnchorName.Empty, TagName.Empty, value, ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: true)
        : new Scalar(AnchorName.Empty, TagName.Empty, value, ScalarStyle.DoubleQuoted, isPlainImplicit: false, isQuotedImplicit: true);

    // Starts with a letter or the like, so it is no number, date or indicator; holds nothing that ends a plain scalar (": ", " #").
    private static bool IsSafe(string value) =>
        value.Length > 0
        && (char.IsLetter(value[0]) || value[0] is '_' or '/' or '$')
        && value[^1] != ' '
        && !s_words.Contains(value)
        && value.All(IsSafe);

    private static bool IsSafe(char character) => char.IsLetterOrDigit(character)
        || character is ' ' or '_' or '-' or '.' or '/' or ',' or '(' or ')' or '$' or '+' or '=' or ';' or '@' or '\''
        || (character > '\u00ff' && char.IsPunctuation(character));
}
