using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;
using AvaConsole.Core.Schemas.Compatibility.Operations;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Core.Schemas.Compatibility;

/// <summary>Says what a revision of an API changes for its callers, by the rules and levels of oasdiff.</summary>
public static class CompatibilityCheck
{
    /// <summary>Compares two OpenAPI documents (3.0, 3.1 or 3.2) whose references are all local ones.</summary>
    public static CompatibilityReport Compare(JsonNode baseDocument, JsonNode revisionDocument, CompatibilityOptions? options = null)
    {
        var sink = new ChangeSink(options);
        var comparison = new DocumentComparison(new ApiDocument(baseDocument), new ApiDocument(revisionDocument), sink);
        comparison.Run();
        return new CompatibilityReport([.. sink.Changes
            .OrderByDescending(change => change.Level)
            .ThenBy(change => change.Path, StringComparer.Ordinal)
            .ThenBy(change => change.Operation, StringComparer.Ordinal)
            .ThenBy(change => change.Id, StringComparer.Ordinal)
            .ThenBy(change => change.Text, StringComparer.Ordinal)])
        {
            IsComplete = comparison.IsComplete,
        };
    }

    /// <summary>Compares two states of one API, as callers see them: through the OpenAPI documents that they export.</summary>
    public static CompatibilityReport Compare(ApiSchema from, ApiSchema to, CompatibilityOptions? options = null)
    {
        // An API's name is its path: under another one it would be another endpoint.
        var before = @from with { Service = to.Service };
        return Compare(Document(before), Document(to), options);
    }

    private static JsonObject Document(ApiSchema schema) => OpenApiWriter.Document(schema, SchemaDialect.JsonSchema);
}
