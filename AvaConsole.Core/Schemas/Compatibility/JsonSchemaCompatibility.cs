using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Schemas;
using AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

namespace AvaConsole.Core.Schemas.Compatibility;

/// <summary>Which data survives a change of a JSON Schema.</summary>
public enum SchemaCompatibility
{
    /// <summary>Neither is shown.</summary>
    None,

    /// <summary>Data valid under the old schema is valid under the new one.</summary>
    Backward,

    /// <summary>Data valid under the new schema is valid under the old one.</summary>
    Forward,

    /// <summary>Both schemas take the same data.</summary>
    Both,
}

/// <summary>One reason why data of one schema may not be valid under the other.</summary>
/// <param name="Breaks">The direction that it stands in the way of: <see cref="SchemaCompatibility.Backward"/> or <see cref="SchemaCompatibility.Forward"/>.</param>
/// <param name="Pointer">JSON pointer in the schema that may refuse data: the new one for backward, the old one for forward.</param>
/// <param name="Keyword">The keyword that may refuse; empty where it is the schema as a whole.</param>
/// <param name="IsCertain">The keyword is narrower; otherwise it is not shown that it is not.</param>
/// <param name="Text">The reason in one English sentence.</param>
public sealed record JsonSchemaGap(SchemaCompatibility Breaks, string Pointer, string Keyword, bool IsCertain, string Text);

/// <summary>The verdict on a pair of JSON Schemas.</summary>
/// <param name="Gaps">Why it is no better; empty for <see cref="SchemaCompatibility.Both"/>.</param>
public sealed record JsonSchemaVerdict(SchemaCompatibility Compatibility, IReadOnlyList<JsonSchemaGap> Gaps);

/// <summary>
/// Says whether data of one JSON Schema (draft 2020-12) stays valid under another, by containment: backward means that the new schema takes all that the old
/// one took. A direction that cannot be proven counts as incompatible, and its gap says so.
/// <para>
/// Strictly, a new optional property of an open object is not backward compatible: old data may hold anything under that name. Objects that are closed
/// (<c>additionalProperties: false</c>) have no such data. <c>isLenient</c> takes new names for free in open objects, too.
/// </para>
/// <c>format</c>, <c>contentEncoding</c> and the like are annotations and bind nothing.
/// </summary>
public static class JsonSchemaCompatibility
{
    /// <summary>Reasons told per direction.</summary>
    private const int MaxGaps = 100;

    /// <summary>The verdict on a change from one schema to another; references lead within each document.</summary>
    public static JsonSchemaVerdict Compare(JsonNode from, JsonNode to, bool isLenient = false)
    {
        if (JsonNode.DeepEquals(from, to))
        {
            return new JsonSchemaVerdict(SchemaCompatibility.Both, []);
        }

        var backward = Gaps(from, to, SchemaCompatibility.Backward, isLenient);
        var forward = Gaps(to, from, SchemaCompatibility.Forward, isLenient);
        var verdict = (backward.Count, forward.Count) switch
        {
            (0, 0) => SchemaCompatibility.Both,
            (0, _) => SchemaCompatibility.Backward,
            (_, 0) => SchemaCompatibility.Forward,
            _ => SchemaCompatibility.None,
        };
        return new JsonSchemaVerdict(verdict, [.. backward, .. forward]);
    }

    private static List<JsonSchemaGap> Gaps(JsonNode data, JsonNode schema, SchemaCompatibility direction, bool isLenient)
    {
        if (Root(data) is not { } known || Root(schema) is not { } wanted)
        {
            return [new JsonSchemaGap(direction, "", "", IsCertain: false, "A schema is an object, true or false.")];
        }

        var gaps = new List<ContainmentGap>();
        return new ContainmentProver(isLenient).Prove(SchemaFacts.Of(known), wanted, "", gaps)
            ? []
            : [.. Told(gaps).Distinct().Take(MaxGaps).Select(gap => new JsonSchemaGap(direction, gap.Pointer, gap.Keyword, gap.IsCertain, Sentence(gap)))];
    }

    private static SchemaNode? Root(JsonNode node) => new SchemaViews(new ReferenceResolver(node), follows: false).View(node)?.Node;

    private static List<ContainmentGap> Told(List<ContainmentGap> gaps) => gaps.Count > 0 ? gaps : [new ContainmentGap("", "", "it is not shown that all data stays valid", IsCertain: false)];

    private static string Sentence(ContainmentGap gap) => $"{(gap.Pointer.Length == 0 ? "The schema" : gap.Pointer)}: {gap.Text}.";
}
