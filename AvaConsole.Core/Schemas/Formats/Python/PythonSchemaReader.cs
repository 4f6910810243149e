using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>
/// Reads an API out of Python source without running it: a loader plug-in's <c>UserRequest</c>, <c>UserResponse</c> and <c>Wrapper</c>, or the ASE v2
/// design's <c>class Api(BaseASEApi)</c>. Literals only; every value that is not one is named in a note with its line.
/// </summary>
public static class PythonSchemaReader
{
    private const int MaxLength = 4 * 1024 * 1024;
    private const int PythonTab = 8;
    private const int EditorTab = 4;

    /// <param name="source">The file's text.</param>
    /// <param name="fileName">For messages; null where the text came from no file.</param>
    public static Result<ImportedSchema> Read(string source, string? fileName = null)
    {
        if (source.Length > MaxLength)
        {
            return new InvalidError("", "import.python_too_large", MaxLength / 1024 / 1024);
        }

        try
        {
            var notes = new PythonNotes();
            var classes = Classes(Parse(source, notes)).ToList();
            return ReadApi(classes, notes) is { } schema
                ? new ImportedSchema(schema, SchemaFormat.Python, notes.ToList())
                : new InvalidError("", "import.python_nothing", fileName ?? "-");
        }
        catch (PythonSyntaxException problem)
        {
            return new InvalidError("", problem.Code, [problem.Line, .. problem.Args]);
        }
    }

    /// <summary>A file that mixes tabs and spaces is no Python 3, but people write such files and their meaning is plain where a tab is four columns.</summary>
    private static IReadOnlyList<PythonStatement> Parse(string source, PythonNotes notes)
    {
        try
        {
            return PythonParser.Parse(source, PythonTab);
        }
        catch (PythonSyntaxException problem) when (problem.Code == "import.python_indentation" && source.Contains('\t', StringComparison.Ordinal))
        {
            var statements = PythonParser.Parse(source, EditorTab);
            notes.Add("import.python_tabs", problem.Line, EditorTab);
            return statements;
        }
    }

    /// <summary>Also those inside <c>if</c> and <c>try</c>.</summary>
    private static IEnumerable<PythonClass> Classes(IReadOnlyList<PythonStatement> statements) => statements.SelectMany(statement => statement switch
    {
        PythonClass type => [type],
        PythonOther other => Classes(other.Body),
        _ => (IEnumerable<PythonClass>)[],
    });

    private static ApiSchema? ReadApi(IReadOnlyList<PythonClass> classes, PythonNotes notes)
    {
        var wrapper = new WrapperReader(classes, notes);
        var fields = wrapper.Request ?? wrapper.Response;
        if (classes.LastOrDefault(IsApi) is not { } api)
        {
            return fields is null ? null : wrapper.ReadFields();
        }

        if (fields is not null)
        {
            notes.Add("import.python_two_definitions", fields.Line, api.Name, fields.Name);
        }

        return wrapper.ReadService(new ApiClassReader(notes).Read(api));
    }

    private static bool IsApi(PythonClass type) => type.Bases.Any(parent => parent is { Name: null, Value: PythonName { ShortName: ApiClassReader.BaseClass } });
}
