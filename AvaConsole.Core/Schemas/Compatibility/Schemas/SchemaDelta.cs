namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>Two schemas that are compared.</summary>
internal sealed record SchemaDelta(SchemaNode From, SchemaNode To);
