namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>An expression as far as it can be read without running anything.</summary>
/// <param name="Line">Where it starts, from 1.</param>
internal abstract record PythonValue(int Line);

internal sealed record PythonText(int Line, string Text) : PythonValue(Line);

internal sealed record PythonNumber(int Line, decimal Number, bool IsInteger) : PythonValue(Line);

internal sealed record PythonBoolean(int Line, bool IsTrue) : PythonValue(Line);

internal sealed record PythonNone(int Line) : PythonValue(Line);

/// <summary>A list, a tuple or a set.</summary>
internal sealed record PythonList(int Line, IReadOnlyList<PythonValue> Items) : PythonValue(Line);

internal sealed record PythonDictionary(int Line, IReadOnlyList<(PythonValue Key, PythonValue Value)> Entries) : PythonValue(Line);

/// <summary><c>StringParamField("voice", enums=["a"])</c>; <paramref name="Name"/> may be dotted.</summary>
internal sealed record PythonCall(int Line, string Name, IReadOnlyList<PythonArgument> Arguments) : PythonValue(Line)
{
    /// <summary>The name without what stands before its last dot.</summary>
    public string ShortName => Name[(Name.LastIndexOf('.') + 1)..];
}

/// <summary>A name, dotted or not: what it stands for is known only when the program runs.</summary>
internal sealed record PythonName(int Line, string Name) : PythonValue(Line)
{
    /// <summary>The name without what stands before its last dot.</summary>
    public string ShortName => Name[(Name.LastIndexOf('.') + 1)..];
}

/// <summary>Arithmetic, f-strings, comprehensions…</summary>
/// <param name="Text">As written, shortened.</param>
internal sealed record PythonUnreadable(int Line, string Text) : PythonValue(Line);

/// <param name="Name">Null for a positional argument; <c>*</c> or <c>**</c> for an unpacked one.</param>
internal sealed record PythonArgument(string? Name, PythonValue Value);
