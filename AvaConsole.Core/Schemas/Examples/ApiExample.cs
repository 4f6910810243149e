using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>A made-up document.</summary>
/// <param name="Notes">What could not be made up (<c>sample.left_out</c>, <c>sample.required_not_made</c>, …), by JSON pointer.</param>
public sealed record ApiExample(JsonObject Document, IReadOnlyList<SchemaNote> Notes);
