using System.Text.Json.Nodes;
using static AvaConsole.Core.Schemas.Formats.ParameterWriter;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>JSON Schema 2020-12 of the request, with the response's among its definitions, or the other way round.</summary>
internal static class JsonSchemaWriter
{
    public const string Draft = "https://json-schema.org/draft/2020-12/schema";

    public static ExportedSchema Write(ApiSchema schema, SchemaWriteOptions options)
    {
        var document = Document(schema, options.Response);
        return new ExportedSchema(options.Yaml ? DocumentText.Yaml(document) : DocumentText.Json(document), []);
    }

    private static JsonObject Document(ApiSchema schema, bool response)
    {
        var (request, answer) = (EnvelopeWriter.Request(schema, SchemaDialect.JsonSchema), EnvelopeWriter.Response(schema, SchemaDialect.JsonSchema));
        var document = new JsonObject { ["$schema"] = Draft };
        AddIfAny(document, "title", schema.Title);
        AddIfAny(document, "description", schema.Description);
        foreach (var (name, value) in response ? answer : request)
        {
            document[name] = value?.DeepClone();
        }

        document["$defs"] = response ? new JsonObject { ["request"] = request } : new JsonObject { ["response"] = answer };
        document[Marker] = DocumentMarker.Difference(schema, new ApiSchema { Title = schema.Title, Description = schema.Description }) ?? [];
        return document;
    }
}
