using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary>
/// Two descriptions of one API, compared. Two OpenAPI documents are compared as they stand; where one of them is of another format, both are
/// said in OpenAPI the same way first, or the operation would have another path in each.
/// </summary>
internal static class ApiComparison
{
    /// <exception cref="CliFailureException"/>
    public static CompatibilityReport Compare(string before, string after)
    {
        var (first, second) = (Read(before), Read(after));
        return first.Document is { } from && second.Document is { } to
            ? CompatibilityCheck.Compare(from, to)
            : CompatibilityCheck.Compare(Convert(first), Convert(second));
    }

    private static (string Path, string Text, JsonNode? Document) Read(string path)
    {
        var text = CliFiles.ReadText(path);
        if (path.EndsWith(".py", StringComparison.OrdinalIgnoreCase))
        {
            return (path, text, null);
        }

        var document = ApiFiles.Unwrap(DocumentReader.Read(text), path);
        return (path, text, DocumentReader.IsOpenApi(document) ? document : null);
    }

    private static JsonNode Convert((string Path, string Text, JsonNode? Document) file)
    {
        var schema = ApiFiles.Parse(file.Path, file.Text).Schema;
        var text = ApiFiles.Write(schema, SchemaFormat.OpenApi, new SchemaWriteOptions(), file.Path).Text;
        return JsonNode.Parse(text)!;
    }
}
