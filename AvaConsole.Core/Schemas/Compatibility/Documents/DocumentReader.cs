using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Formats.Source;
using YamlDotNet.Core;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>Reads a JSON or YAML document that may come from anywhere: bounded in size, depth and what its aliases unfold to.</summary>
public static class DocumentReader
{
    /// <summary>Longest document that is read, in characters.</summary>
    public const int MaxLength = 32 * 1024 * 1024;

    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 256;

    /// <summary>Reads one document; what is wrong with it is said with its line.</summary>
    /// <param name="text">JSON, or YAML with the YAML 1.2 core schema: dates and words such as <c>yes</c> are texts.</param>
    /// <param name="fileName">What to call the document; empty for none.</param>
    public static Result<JsonNode> Read(string text, string fileName = "")
    {
        if (text.Length > MaxLength)
        {
            return new InvalidError(fileName, "document.too_long", MaxLength);
        }

        var trimmed = text.AsSpan().TrimStart();
        return trimmed is ['{' or '[', ..] && ReadJson(text) is { } node ? node : ReadYaml(text, fileName);
    }

    // YAML contains JSON nearly whole, so whatever this parser refuses is for the other to read, or to refuse with its line.
    private static JsonNode? ReadJson(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Result<JsonNode> ReadYaml(string text, string fileName)
    {
        try
        {
            return YamlJson.Read(text) is { } node ? node : new InvalidError(fileName, "document.empty");
        }
        catch (YamlLimitException limit)
        {
            return new InvalidError(fileName, limit.Code, limit.Line, limit.Subject);
        }
        catch (YamlException broken)
        {
            return new InvalidError(fileName, "document.not_yaml", broken.Start.Line, broken.Start.Column);
        }
        catch (InvalidOperationException)
        {
            var stop = YamlStop.In(text);
            return new InvalidError(fileName, "document.not_yaml", stop.Line, stop.Column);
        }
    }
}
