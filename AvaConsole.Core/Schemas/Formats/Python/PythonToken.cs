namespace AvaConsole.Core.Schemas.Formats.Python;

internal enum PythonTokenKind
{
    Name,
    Number,
    Text,
    Bytes,

    /// <summary>A string whose value exists only when the program runs (<c>f"…"</c>, <c>t"…"</c>), or with an escape that is not known here (<c>\N{…}</c>).</summary>
    Template,
    Operator,
    NewLine,
    Indent,
    Dedent,
    End,
}

/// <param name="Text">As written; for strings and bytes what they stand for.</param>
/// <param name="Line">From 1, where it starts.</param>
internal readonly record struct PythonToken(PythonTokenKind Kind, string Text, int Line)
{
    public bool Is(string text) => Kind is PythonTokenKind.Operator or PythonTokenKind.Name && string.Equals(Text, text, StringComparison.Ordinal);
}

/// <summary>The source is no Python that can be taken apart.</summary>
internal sealed class PythonSyntaxException(string code, int line, params object?[] args) : Exception(code)
{
    public string Code { get; } = code;

    public int Line { get; } = line;

    public IReadOnlyList<object?> Args { get; } = args;
}
