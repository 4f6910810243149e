using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AvaConsole.Inference.Packages;

/// <summary>
/// The JSON Schema (2020-12) of <c>service.yaml</c>, for editors: <c>docs/service-yaml.schema.json</c>. It is made from the same tables as the
/// reader; what several members must be together is the reader's alone.
/// </summary>
public static class ServiceSchema
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text { get; } = Make().ToJsonString(s_options) + "\n";

    private static JsonObject Make()
    {
        var definitions = new JsonObject();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "service.yaml",
            ["description"] = "How requests become a model's tensors, and its tensors an answer.",
        };
        foreach (var (name, value) in ServiceTables.Root.ToOwnSchema(definitions))
        {
            schema[name] = value?.DeepClone();
        }

        schema["$defs"] = definitions;
        return schema;
    }
}
