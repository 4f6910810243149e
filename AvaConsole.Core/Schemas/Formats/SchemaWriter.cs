using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>Writes a document in any of the formats but Python. The same document always gives the same bytes.</summary>
public static class SchemaWriter
{
    /// <returns>
    /// The text with everything that it says in another form, or an <see cref="InvalidError"/> with one problem for each rule that the format cannot say.
    /// </returns>
    public static Result<ExportedSchema> Write(ApiSchema schema, SchemaFormat format, SchemaWriteOptions? options = null)
    {
        var chosen = options ?? new SchemaWriteOptions();
        if (format == SchemaFormat.Python)
        {
            return new InvalidError("", "export.python");
        }

        IReadOnlyList<Problem> refusals =
        [
            .. ExportRefusals.Find(schema, format),
            .. format == SchemaFormat.Webgate ? GatewayRefusals.Find(schema) : [],
        ];
        if (refusals.Count > 0)
        {
            return new InvalidError(refusals);
        }

        return format switch
        {
            SchemaFormat.Ase => new ExportedSchema(AseYaml.Write(schema, chosen.AseCompatible), []),
            SchemaFormat.OpenApi => OpenApiWriter.Write(schema, chosen),
            SchemaFormat.JsonSchema => JsonSchemaWriter.Write(schema, chosen),
            _ => new ExportedSchema(GatewaySchemaJson.Write(schema), GatewayRefusals.Notes(schema)),
        };
    }
}
