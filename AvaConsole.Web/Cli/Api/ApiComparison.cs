using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility;
using AvaConsole.Core.Schemas.Compatibility.Documents;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary>
/// Two descriptions of one API, compared. Two OpenAPI documents are compared as they stand, with the files that they refer to; where one of them is of
/// another format, both go through the model, or the operation would have another path in each.
/// </summary>
internal static class ApiComparison
{
    /// <exception cref="CliFailureException"/>
    public static CompatibilityReport Compare(string before, string after, CompatibilityOptions options)
    {
        var (first, second) = (OpenApiIn(before), OpenApiIn(after));
        return first.Document is { } from && second.Document is { } to
            ? CompatibilityCheck.Compare(from, to, options)
            : CompatibilityCheck.Compare(ApiFiles.Parse(before, first.Text).Schema, ApiFiles.Parse(after, second.Text).Schema, options);
    }

    /// <summary>A JSON or YAML document with the files that it refers to.</summary>
    /// <exception cref="CliFailureException"/>
    public static JsonNode ReadDocument(string path, string text) => ApiFiles.Unwrap(
        path == CliFiles.StandardInput ? DocumentReader.Read(text) : DocumentFiles.ReadAsync(path, CancellationToken.None).GetAwaiter().GetResult(),
        path);

    // The text as well: standard input can be read only once.
    private static (string Text, JsonNode? Document) OpenApiIn(string path)
    {
        var text = CliFiles.ReadText(path);
        if (path.EndsWith(".py", StringComparison.OrdinalIgnoreCase) || ReadDocument(path, text) is not JsonObject document)
        {
            return (text, null);
        }

        return document.ContainsKey("swagger")
            ? throw new CliFailureException(CliExit.BadInput, CliTexts.Of("SwaggerNotRead", CliFiles.NameOf(path)))
            : (text, document.ContainsKey("openapi") ? document : null);
    }
}
