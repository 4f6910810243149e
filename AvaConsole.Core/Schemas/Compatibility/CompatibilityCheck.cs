using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;
using AvaConsole.Core.Schemas.Compatibility.Operations;

namespace AvaConsole.Core.Schemas.Compatibility;

/// <summary>Says what a revision of an API changes for its callers, by the rules and levels of oasdiff.</summary>
public static class CompatibilityCheck
{
    /// <summary>Compares two OpenAPI documents (3.0, 3.1 or 3.2) whose references are all local ones.</summary>
    public static CompatibilityReport Compare(JsonNode baseDocument, JsonNode revisionDocument, CompatibilityOptions? options = null)
    {
        var sink = new ChangeSink(options);
        new DocumentComparison(new ApiDocument(baseDocument), new ApiDocument(revisionDocument), sink).Run();
        return new CompatibilityReport([.. sink.Changes
            .OrderByDescending(change => change.Level)
            .ThenBy(change => change.Path, StringComparer.Ordinal)
            .ThenBy(change => change.Operation, StringComparer.Ordinal)
            .ThenBy(change => change.Id, StringComparer.Ordinal)
            .ThenBy(change => change.Text, StringComparer.Ordinal)]);
    }
}
