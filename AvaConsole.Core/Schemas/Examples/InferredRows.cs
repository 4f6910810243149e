using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Core.Schemas.Examples;

/// <summary>What a sample says about an API.</summary>
/// <param name="Payload">Pictures, sound and other files that the sample holds as base64 or <c>data:</c> URIs.</param>
/// <param name="Notes">What had to be guessed (<c>infer.mixed_types</c>, …), by JSON pointer into the sample.</param>
public sealed record InferredRows(IReadOnlyList<ApiParameter> Parameters, IReadOnlyList<PayloadEntry> Payload, IReadOnlyList<SchemaNote> Notes);
