using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Two schemas that both hold, as one. Where no one schema says both, the first is kept and the other noted.</summary>
internal sealed class SchemaMerge(ImportLog log)
{
    private static readonly string[] s_annotations = ["title", "description", "default", "example", "examples", "deprecated"];

    public SourceObject Merge(SourceObject first, SourceObject second)
    {
        var members = first.Members.ToList();
        var places = members.Index().ToDictionary(member => member.Item.Name, member => member.Index, StringComparer.Ordinal);
        foreach (var member in second.Members)
        {
            if (!places.TryGetValue(member.Name, out var place))
            {
                places[member.Name] = members.Count;
                members.Add(member);
            }
            else
            {
                members[place] = members[place] with { Value = Both(member.Name, members[place].Value, member.Value) };
            }
        }

        return new SourceObject(first.Members.Count > 0 ? first.Pointer : second.Pointer, first.Line ?? second.Line, members);
    }

    private SourceNode Both(string keyword, SourceNode first, SourceNode second)
    {
        switch (keyword)
        {
            case "properties" when first is SourceObject a && second is SourceObject b:
                return Properties(a, b);
            case "required" when first is SourceArray a && second is SourceArray b:
                return new SourceArray(a.Pointer, a.Line, [.. a.Items, .. b.Items]);
            case "minimum" or "exclusiveMinimum" or "minLength" or "minItems" or "minProperties" when Compare(first, second) is { } order:
                return order >= 0 ? first : second;
            case "maximum" or "exclusiveMaximum" or "maxLength" or "maxItems" or "maxProperties" when Compare(first, second) is { } order:
                return order <= 0 ? first : second;
            case "enum" when first is SourceArray a && second is SourceArray b:
                return new SourceArray(a.Pointer, a.Line, [.. a.Items.Where(item => b.Items.Any(other => Same(item, other)))]);
            case "type" when (first, second) is (SourceValue { Text: "number" }, SourceValue { Text: "integer" }):
                return second;
            case "type" when (first, second) is (SourceValue { Text: "integer" }, SourceValue { Text: "number" }):
                return first;
            case "additionalProperties" when second is SourceValue { Text: "false" }:
                return second;
        }

        if (!Same(first, second))
        {
            log.Add(s_annotations.Contains(keyword) ? "import.all_of_annotation" : "import.all_of_conflict", second, keyword, ImportLog.Shown(second));
        }

        return first;
    }

    private static SourceObject Properties(SourceObject first, SourceObject second)
    {
        var members = first.Members.ToList();
        foreach (var member in second.Members)
        {
            var place = members.FindIndex(other => other.Name == member.Name);
            if (place < 0)
            {
                members.Add(member);
            }
            else if (!Same(members[place].Value, member.Value))
            {
                // Both hold for the member, too; the resolver merges them when it comes there.
                var (pointer, line) = (member.Value.Pointer, member.Line);
                var both = new SourceArray(pointer, line, [members[place].Value, member.Value]);
                members[place] = members[place] with { Value = new SourceObject(pointer, line, [new SourceMember("allOf", line, both)]) };
            }
        }

        return new SourceObject(first.Pointer, first.Line, members);
    }

    private static int? Compare(SourceNode first, SourceNode second) =>
        first is SourceValue { Kind: SourceKind.Number } a && second is SourceValue { Kind: SourceKind.Number } b
        && ParameterText.TryParseNumber(a.Text, out var left) && ParameterText.TryParseNumber(b.Text, out var right) ? left.CompareTo(right) : null;

    private static bool Same(SourceNode first, SourceNode second) => JsonNode.DeepEquals(first.ToJson(), second.ToJson());
}
