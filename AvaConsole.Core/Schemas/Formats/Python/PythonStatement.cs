namespace AvaConsole.Core.Schemas.Formats.Python;

/// <param name="Line">Where it starts, from 1.</param>
internal abstract record PythonStatement(int Line);

/// <summary><c>target = value</c>, with or without an annotation.</summary>
internal sealed record PythonAssignment(int Line, string Target, PythonValue Value) : PythonStatement(Line);

/// <summary>A value that is kept nowhere: a docstring, a call.</summary>
internal sealed record PythonExpression(int Line, PythonValue Value) : PythonStatement(Line);

internal sealed record PythonClass(int Line, string Name, IReadOnlyList<PythonArgument> Bases, IReadOnlyList<PythonStatement> Body) : PythonStatement(Line);

internal sealed record PythonFunction(int Line, string Name, IReadOnlyList<PythonStatement> Body) : PythonStatement(Line);

/// <summary>Anything else.</summary>
/// <param name="Text">Its first line as written, shortened.</param>
/// <param name="Body">The block that it heads; empty for none.</param>
internal sealed record PythonOther(int Line, string Text, IReadOnlyList<PythonStatement> Body) : PythonStatement(Line);
