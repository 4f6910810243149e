using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Schemas.Formats;

/// <summary>A parameter's values between the model, where they are texts, and documents, where they have types.</summary>
internal static class ParameterValues
{
    /// <summary>
    /// The value with its type; as text where it is not of that type, as a draft may have it.
    /// </summary>
    /// <param name="exact">Also as text where reading the value back would give another text (<c>01</c>, <c>{ "a": 1 }</c>).</param>
    public static JsonNode Typed(string type, string text, bool exact)
    {
        if (type == ParameterTypes.String || !ParameterText.TryParse(type, text, out var value))
        {
            return JsonValue.Create(text);
        }

        // The text itself is the number as it was typed: 1.50, 1e3.
        var node = IsJson(text) ? JsonNode.Parse(text)! : value!;
        return exact && DocumentText.Compact(node) != text ? JsonValue.Create(text) : node;
    }

    /// <summary>The model's text of a value that a document has.</summary>
    public static string Text(SourceNode value) => value is SourceValue scalar ? scalar.Text : DocumentText.Compact(value.ToJson()!);

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
