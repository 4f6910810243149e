namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Something that a conversion could not carry over, or carried over in another form.</summary>
/// <param name="Code">Text code, for example <c>import.keyword_dropped</c>; the words are in the ErrorText resource.</param>
/// <param name="Pointer">JSON pointer into the document that was read or written; empty for the whole of it.</param>
/// <param name="Line">Line of the source text, from 1; null where it is not known.</param>
/// <param name="Args">What the text's placeholders stand for.</param>
public sealed record SchemaNote(string Code, string Pointer, int? Line, params object?[] Args);

/// <summary>A document as the model has it, with everything that the model could not hold.</summary>
public sealed record ImportedSchema(ApiSchema Schema, SchemaFormat Format, IReadOnlyList<SchemaNote> Notes);

/// <summary>A written document, with everything that it says in another form than the model.</summary>
public sealed record ExportedSchema(string Text, IReadOnlyList<SchemaNote> Notes);
