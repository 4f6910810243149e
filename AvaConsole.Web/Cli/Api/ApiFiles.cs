using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Compatibility.Documents;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Api;

/// <summary>Reads descriptions of APIs for the verbs, and says what is wrong with one as a compiler would: file, line, words.</summary>
internal static class ApiFiles
{
    /// <exception cref="CliFailureException"/>
    public static ImportedSchema Read(string path, SchemaFormat? format = null, SchemaReadOptions? options = null) => Parse(path, CliFiles.ReadText(path), format, options);

    /// <exception cref="CliFailureException"/>
    public static ImportedSchema Parse(string path, string text, SchemaFormat? format = null, SchemaReadOptions? options = null) =>
        Unwrap(SchemaReader.Read(text, path == CliFiles.StandardInput ? null : path, format, options), path);

    /// <exception cref="CliFailureException"/>
    public static ExportedSchema Write(Core.Schemas.ApiSchema schema, SchemaFormat format, SchemaWriteOptions options, string path) =>
        Unwrap(SchemaWriter.Write(schema, format, options), path);

    /// <summary>A JSON document, or YAML that says one.</summary>
    /// <exception cref="CliFailureException"/>
    public static JsonElement ReadJson(string path, string text) =>
        JsonSerializer.SerializeToElement(Unwrap(DocumentReader.Read(text, CliFiles.NameOf(path)), path));

    /// <exception cref="CliFailureException"/>
    public static T Unwrap<T>(Result<T> result, string path) =>
        result.IsSuccess ? result.Value : throw new CliFailureException(CliExit.BadInput, Describe(result.Error, path));

    /// <summary>One line for each problem: <c>api.yml:12: /spec/request: text</c>.</summary>
    public static IReadOnlyList<string> Describe(Error error, string path) => error is InvalidError invalid
        ? [.. invalid.Problems.Select(problem => Describe(problem, path))]
        : [Describe(path, null, "", CliTexts.OfCode(error.Code, error.Args))];

    private static string Describe(Problem problem, string path)
    {
        var text = CliTexts.OfCode(problem.Code, problem.Args);
        return problem.Code.Split('.')[0] switch
        {
            // Of a document with files that it refers to, the field is the file.
            "document" when problem.Field.Length > 0 => Describe(problem.Field, LineOf(problem), "", text),
            "compatibility" => Describe(path, LineOf(problem), "", text),
            _ => Describe(path, LineOf(problem), problem.Field, text),
        };
    }

    /// <summary>What a conversion left out or said otherwise, to standard error: it is no part of the result.</summary>
    public static void ShowNotes(CliOutput output, string path, IReadOnlyList<SchemaNote> notes)
    {
        foreach (var note in notes)
        {
            output.Note(Describe(path, note.Line, note.Pointer, CliTexts.OfCode(note.Code, note.Args)));
        }
    }

    public static JsonArray ToJson(IEnumerable<SchemaNote> notes) => [.. notes.Select(note => new JsonObject
    {
        ["code"] = note.Code,
        ["pointer"] = note.Pointer,
        ["line"] = note.Line,
        ["text"] = CliTexts.OfCode(note.Code, note.Args),
    })];

    public static string Describe(string path, long? line, string place, string text)
    {
        var where = line is null ? CliFiles.NameOf(path) : $"{CliFiles.NameOf(path)}:{line}";
        return place.Length == 0 ? $"{where}: {text}" : $"{where}: {place}: {text}";
    }

    // Of what is wrong with a document that is read, the first value is its line; of one that is too large, the limit.
    private static long? LineOf(Problem problem)
    {
        var hasLine = problem.Code.Split('.') is ["import" or "document" or "compatibility" or "recipe", var what] && !what.StartsWith("too_l", StringComparison.Ordinal) && !what.EndsWith("too_large", StringComparison.Ordinal);
        return hasLine ? problem.Args.FirstOrDefault() switch { int line and > 0 => line, long line => line, _ => null } : null;
    }
}
