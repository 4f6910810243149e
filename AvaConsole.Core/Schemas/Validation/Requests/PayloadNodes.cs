using System.Text.Json;
using AvaConsole.Core.Schemas.Validation.Engine;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Requests;

/// <summary>
/// Payload entries as compiled schemas. The data of an entry is one of: <c>data</c> (base64), <c>uri</c> (<c>data:</c>, <c>http</c>,
/// <c>https</c>), for text also <c>text</c>, for JSON also <c>json</c>.
/// </summary>
internal static class PayloadNodes
{
    private const int LastPiece = 9_999_999;

    private static readonly string[] s_synonyms = ["jpg", "jpeg", "utf8", "utf-8"];

    /// <param name="isStream">Entries say which piece of their stream they are.</param>
    public static SchemaNode Payload(IReadOnlyList<PayloadEntry> entries, bool isStream)
    {
        var distinct = entries.DistinctBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        var node = ParameterNodes.Closed([.. distinct.Select(entry => (entry.Name, Entry(entry, isStream)))]);
        node.InPlace = [new MissingEntriesRule(distinct)];
        return node;
    }

    private static SchemaNode Entry(PayloadEntry entry, bool isStream)
    {
        var sources = Sources(entry).ToList();
        var members = new List<(string Name, SchemaNode Schema)>(sources)
        {
            ("encoding", Word(entry.Encodings.Count > 0 ? entry.Encodings : PayloadRules.Encodings(entry.Type))),
            ("compress", Word(entry.Compressions.Count > 0 ? entry.Compressions : ["raw"])),
            ("format", Word(entry.Formats)),
        };
        if (entry.Type == PayloadTypes.Audio)
        {
            members.Add(("sample_rate", ParameterNodes.OneOf(entry.SampleRates)));
            members.Add(("channels", ParameterNodes.OneOf(entry.Channels)));
            members.Add(("bit_depth", ParameterNodes.OneOf(entry.BitDepths)));
            members.Add(("frame_size", ParameterNodes.Range(0, entry.MaxFrameSize ?? int.MaxValue)));
        }

        if (entry.Type == PayloadTypes.Tensor)
        {
            members.Add(("shape", new SchemaNode { InPlace = [new ShapeRule(entry.Shape)] }));
        }

        if (isStream)
        {
            members.Add(("status", ParameterNodes.OneOf([0, 1, 2])));
            members.Add(("seq", ParameterNodes.Range(0, LastPiece)));
        }

        var node = ParameterNodes.Closed(members);
        node.InPlace = [new OneSourceRule([.. sources.Select(source => source.Name)])];
        return node;
    }

    private static IEnumerable<(string Name, SchemaNode Schema)> Sources(PayloadEntry entry)
    {
        if (entry.Type == PayloadTypes.Text)
        {
            yield return ("text", new SchemaNode { Types = TypeMask.String, TypeNames = ParameterTypes.String, InPlace = [new TextSizeRule(entry)] });
        }

        if (entry.Type == PayloadTypes.Json)
        {
            yield return ("json", entry.Content is null ? new SchemaNode() : ParameterNodes.Parameter(entry.Content));
        }

        yield return ("data", new SchemaNode { Types = TypeMask.String, TypeNames = ParameterTypes.String, InPlace = [new Base64Rule(entry)] });
        if (entry.Type != PayloadTypes.Tensor)
        {
            yield return ("uri", new SchemaNode { Types = TypeMask.String, TypeNames = ParameterTypes.String, InPlace = [new UriSchemeRule()] });
        }
    }

    /// <summary>One of some words, or of the names that mean the same.</summary>
    private static SchemaNode Word(IReadOnlyList<string> allowed)
    {
        var words = allowed.Concat(s_synonyms.Where(word => allowed.Any(one => PayloadRules.SameEncoding(one, word)))).Distinct(StringComparer.Ordinal);
        return new SchemaNode
        {
            Types = TypeMask.String,
            TypeNames = ParameterTypes.String,
            Values = allowed.Count == 0 ? null : new ValueSet(Keyword.Enum, [.. words.Select(word => JsonSerializer.Serialize(word))], false, string.Join(", ", allowed)),
        };
    }
}
