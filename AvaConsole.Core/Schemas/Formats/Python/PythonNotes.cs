namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>What was not read, or read as something else.</summary>
internal sealed class PythonNotes
{
    private readonly List<SchemaNote> _notes = [];

    public void Add(string code, int line, params object?[] args) => _notes.Add(new SchemaNote(code, "", line, args));

    /// <summary>A value that only exists when the program runs, or that is of another type.</summary>
    /// <param name="owner">For example <c>UserRequest.voice</c>.</param>
    /// <param name="expected">The JSON type that belongs there.</param>
    public void AddUnread(string owner, string argument, PythonValue value, string expected)
    {
        if (Describe(value) is { } text)
        {
            Add("import.python_value_unread", value.Line, owner, argument, text);
        }
        else
        {
            Add("import.python_value_type", value.Line, owner, argument, expected);
        }
    }

    /// <summary>A statement inside something that should only declare.</summary>
    public void AddStatement(string owner, PythonStatement statement)
    {
        switch (statement)
        {
            case PythonExpression { Value: PythonText }:
                // A docstring.
                break;
            case PythonExpression { Value: var value }:
                Add("import.python_statement_dropped", statement.Line, owner, Describe(value) ?? "…");
                break;
            case PythonAssignment assignment:
                Add("import.python_not_field", statement.Line, owner, assignment.Target, Describe(assignment.Value) ?? "literal");
                break;
            case PythonFunction function:
                Add("import.python_statement_dropped", statement.Line, owner, $"def {function.Name}");
                break;
            case PythonClass type:
                Add("import.python_statement_dropped", statement.Line, owner, $"class {type.Name}");
                break;
            case PythonOther other:
                Add("import.python_statement_dropped", statement.Line, owner, other.Text);
                break;
        }
    }

    public IReadOnlyList<SchemaNote> ToList() => [.. _notes.OrderBy(note => note.Line)];

    /// <summary>The expression as written; null for a literal.</summary>
    private static string? Describe(PythonValue value) => value switch
    {
        PythonUnreadable unreadable => unreadable.Text,
        PythonName name => name.Name,
        PythonCall call => $"{call.Name}(…)",
        PythonList list => list.Items.Select(Describe).FirstOrDefault(text => text is not null),
        PythonDictionary dictionary => dictionary.Entries.Select(entry => Describe(entry.Key) ?? Describe(entry.Value)).FirstOrDefault(text => text is not null),
        _ => null,
    };
}
