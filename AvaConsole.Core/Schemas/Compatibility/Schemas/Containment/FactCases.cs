using System.Text.Json.Nodes;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>The ways to tell facts apart into cases, one of which every value is.</summary>
internal static class FactCases
{
    /// <summary>More cases than these are not gone through.</summary>
    private const int MaxCases = 256;

    public static IEnumerable<IReadOnlyList<SchemaFacts>> Of(SchemaFacts facts)
    {
        foreach (var node in facts.Nodes)
        {
            if (node.List("anyOf") is { Count: > 0 and <= MaxCases } any)
            {
                yield return [.. any.Select(branch => facts.Replace(node, "anyOf").And(branch.Node))];
            }

            if (node.List("oneOf") is { Count: > 0 and <= MaxCases } one)
            {
                yield return [.. one.Select((branch, index) => Only(facts.Replace(node, "oneOf").And(branch.Node), one, index))];
            }

            if (node.Subschema("if")?.Node is { } condition && (node.Has("then") || node.Has("else")))
            {
                var rest = facts.Replace(node, "if", "then", "else");
                yield return [Also(rest.And(condition), node.Subschema("then")), Also(rest.AndNot(condition), node.Subschema("else"))];
            }
        }

        if (!facts.IsConstant && facts.Values is { Count: > 0 and <= MaxCases } values)
        {
            yield return [.. values.Select(facts.Only)];
        }
        else if (facts.Values is null && Split(facts.Types) is { Count: > 1 } types)
        {
            yield return [.. types.Select(type => facts.And(Typed(type)))];
        }
    }

    private static SchemaFacts Only(SchemaFacts facts, IReadOnlyList<SchemaView> branches, int index) =>
        branches.Where((_, other) => other != index).Aggregate(facts, (all, branch) => all.AndNot(branch.Node));

    private static SchemaFacts Also(SchemaFacts facts, SchemaView? schema) => schema is null ? facts : facts.And(schema.Node);

    private static List<string> Split(JsonTypes types) =>
    [
        .. new (JsonTypes Type, string Name)[]
        {
            (JsonTypes.Null, "null"), (JsonTypes.Boolean, "boolean"), (JsonTypes.Number, "number"), (JsonTypes.String, "string"), (JsonTypes.Array, "array"), (JsonTypes.Object, "object"),
        }.Where(pair => (types & pair.Type) != 0).Select(pair => pair.Name),
    ];

    private static SchemaNode Typed(string type) => ConstantSchema.Read(new JsonObject { ["type"] = type });
}
