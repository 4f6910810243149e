using System.Text.Encodings.Web;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Web.Features.Apis.Preview;

/// <summary>One tab of the preview.</summary>
/// <param name="IsValid">Of an example whether it passes the schema; null where there is nothing to pass.</param>
/// <param name="Problems">What is wrong with an example, or why a format cannot say it.</param>
/// <param name="Notes">What is said in another form or was left out.</param>
public sealed record PreviewContent(string Text, bool? IsValid, IReadOnlyList<Problem> Problems, IReadOnlyList<SchemaNote> Notes)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PreviewContent Empty { get; } = Plain("");

    public static PreviewContent Of(ApiSchema schema, string tab, Uri baseUrl) => tab switch
    {
        PreviewTabs.Request => Example(RequestExample.Make(schema), example => RequestExample.Check(schema, example.Document)),
        PreviewTabs.Response => Example(ResponseExample.Make(schema), example => ResponseExample.Check(schema, example.Document)),
        PreviewTabs.Curl => Plain(CallSnippets.Curl(schema, baseUrl)),
        PreviewTabs.Python => Plain(CallSnippets.Python(schema, baseUrl)),
        PreviewTabs.CSharp => Plain(CallSnippets.CSharp(schema, baseUrl)),
        PreviewTabs.Yaml => Written(SchemaWriter.Write(schema, SchemaFormat.Ase)),
        PreviewTabs.Json => Written(SchemaWriter.Write(schema, SchemaFormat.Webgate)),
        PreviewTabs.OpenApi => Written(SchemaWriter.Write(schema, SchemaFormat.OpenApi, new SchemaWriteOptions { Yaml = true, Server = baseUrl.AbsoluteUri.TrimEnd('/') })),
        _ => Empty,
    };

    private static PreviewContent Plain(string text) => new(text, null, [], []);

    private static PreviewContent Example(ApiExample example, Func<ApiExample, IReadOnlyList<Problem>> check)
    {
        var problems = check(example);
        return new PreviewContent(example.Document.ToJsonString(s_json), problems.Count == 0, problems, example.Notes);
    }

    private static PreviewContent Written(Result<ExportedSchema> written) => written.IsSuccess
        ? new PreviewContent(written.Value.Text, null, [], written.Value.Notes)
        : new PreviewContent("", null, written.Error is InvalidError invalid ? invalid.Problems : [new Problem("", written.Error.Code, written.Error.Args)], []);
}
