using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats.Python;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Reads a document in any of the formats.</summary>
public static class SchemaReader
{
    /// <param name="text">YAML, JSON or Python.</param>
    /// <param name="fileName">Helps to tell the format, and stands in messages; may be null.</param>
    /// <param name="format">The format; null for what the text looks like.</param>
    /// <param name="options">Which API of a document with several.</param>
    /// <returns>The document with a note on everything that it could not hold, or an <see cref="InvalidError"/> that names the places.</returns>
    public static Result<ImportedSchema> Read(string text, string? fileName = null, SchemaFormat? format = null, SchemaReadOptions? options = null)
    {
        if (format == SchemaFormat.Python || (format is null && SchemaFormats.LooksLikePython(text, fileName)))
        {
            return PythonSchemaReader.Read(text, fileName);
        }

        var parsed = SourceText.Parse(text);
        if (!parsed.IsSuccess)
        {
            return parsed.Error;
        }

        if (parsed.Value is not SourceObject root)
        {
            return new InvalidError("", "import.not_an_object");
        }

        return (format ?? SchemaFormats.Detect(root)) switch
        {
            SchemaFormat.Ase => AseReader.Read(root),
            SchemaFormat.OpenApi => OpenApiReader.Read(root, options?.Operation ?? ""),
            SchemaFormat.JsonSchema => JsonSchemaReader.Read(root, fileName),
            SchemaFormat.Webgate => GatewayReader.Read(root),
            _ => new InvalidError("", "import.format_unknown"),
        };
    }
}
