using System.Text;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Web.Features.Apis.Code;

/// <summary>A format that the code pane edits.</summary>
/// <param name="Id">As it stands in the address; <c>Format_{Id}</c> is its name.</param>
/// <param name="Language">The editor's name for it.</param>
public sealed record CodeFormat(string Id, string Language, Func<ApiSchema, Result<string>> Write, Func<string, Result<ImportedSchema>> Read)
{
    /// <summary>Whether a text has comments. Those are not part of a draft, and writing the draft anew leaves them out.</summary>
    public Func<string, bool> HasComments { get; init; } = _ => false;
}

public static class CodeFormats
{
    public static IReadOnlyList<CodeFormat> All { get; } =
    [
        new("ase", "yaml", schema => Text(SchemaWriter.Write(schema, SchemaFormat.Ase)), text => SchemaReader.Read(text, null, SchemaFormat.Ase)) { HasComments = YamlComments.AreIn },
        new("json", "json", schema => Encoding.UTF8.GetString(ApiSchemaJson.Write(schema)), ReadJson),
        new("webgate", "json", schema => Text(SchemaWriter.Write(schema, SchemaFormat.Webgate)), text => SchemaReader.Read(text, null, SchemaFormat.Webgate)),
    ];

    /// <summary>The first where the address names none.</summary>
    public static CodeFormat Find(string? id) => All.FirstOrDefault(format => format.Id == id) ?? All[0];

    private static Result<string> Text(Result<ExportedSchema> written) => written.IsSuccess ? written.Value.Text : written.Error;

    private static Result<ImportedSchema> ReadJson(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            using var document = JsonDocument.Parse(bytes);
        }
        catch (JsonException exception)
        {
            return new InvalidError("", "draft.not_json", (int)(exception.LineNumber ?? 0) + 1);
        }

        return ApiSchemaJson.TryRead(bytes, out var schema) ? new ImportedSchema(schema, SchemaFormat.Ase, []) : new InvalidError("", "draft.not_a_draft", 1);
    }
}

/// <summary>Something that the editor shows at a line.</summary>
public sealed record CodeMark(int Line, string Text, bool Error);
