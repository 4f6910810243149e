namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>
/// Takes Python source apart as far as classes, functions, assignments and literal values go. It knows no more of the grammar than it needs: a
/// statement of another kind is kept as <see cref="PythonOther"/>, so that what was not read can be said.
/// </summary>
internal sealed class PythonParser
{
    private readonly IReadOnlyList<PythonToken> _tokens;
    private int _at;

    private PythonParser(IReadOnlyList<PythonToken> tokens) => _tokens = tokens;

    /// <param name="tabWidth">See <see cref="PythonTokenizer"/>.</param>
    /// <exception cref="PythonSyntaxException"/>
    public static IReadOnlyList<PythonStatement> Parse(string source, int tabWidth)
    {
        var parser = new PythonParser(new PythonTokenizer(source, tabWidth).Read());
        var statements = new List<PythonStatement>();
        while (parser.Now.Kind != PythonTokenKind.End)
        {
            parser.ReadLine(statements);
        }

        return statements;
    }

    private PythonToken Now => _tokens[_at];

    private void ReadLine(List<PythonStatement> statements)
    {
        if (Now.Kind is PythonTokenKind.Indent)
        {
            throw new PythonSyntaxException("import.python_indentation", Now.Line);
        }

        var start = _at;
        while (Now.Kind is not (PythonTokenKind.NewLine or PythonTokenKind.End or PythonTokenKind.Dedent))
        {
            _at++;
        }

        var line = new PythonTokens(_tokens, start, _at);
        if (Now.Kind != PythonTokenKind.End)
        {
            _at++;
        }

        // A decorator says nothing about what a class declares.
        if (line.IsEmpty || line[0].Is("@"))
        {
            return;
        }

        line.CheckBrackets();
        ReadStatement(line, Now.Kind == PythonTokenKind.Indent ? ReadBlock() : [], statements);
    }

    private List<PythonStatement> ReadBlock()
    {
        _at++;
        var statements = new List<PythonStatement>();
        while (Now.Kind is not (PythonTokenKind.Dedent or PythonTokenKind.End))
        {
            ReadLine(statements);
        }

        _at += Now.Kind == PythonTokenKind.Dedent ? 1 : 0;
        return statements;
    }

    private static void ReadStatement(PythonTokens line, List<PythonStatement> block, List<PythonStatement> statements)
    {
        var first = line[0].Is("async") && line.Count > 1 ? line.From(1) : line;
        if ((first[0].Is("class") || first[0].Is("def")) && first.Count > 1 && first[1].Kind == PythonTokenKind.Name)
        {
            statements.Add(ReadDefinition(first, block));
        }
        else if (block.Count > 0)
        {
            statements.Add(new PythonOther(line[0].Line, line.Text, block));
        }
        else
        {
            foreach (var part in line.Split(";"))
            {
                ReadSimple(part, statements);
            }
        }
    }

    private static PythonStatement ReadDefinition(PythonTokens line, List<PythonStatement> block)
    {
        var (number, name) = (line[0].Line, line[1].Text);
        var colon = line.IndexOf(":");
        if (colon < 0)
        {
            throw new PythonSyntaxException("import.python_colon", number, $"{line[0].Text} {name}");
        }

        // "class Empty: pass"
        foreach (var part in line.From(colon + 1).Split(";"))
        {
            ReadSimple(part, block);
        }

        if (line[0].Is("def"))
        {
            return new PythonFunction(number, name, block);
        }

        // Between the name and the bases a class may name type parameters.
        var bracket = line.Take(colon).IndexOf("(");
        var bases = bracket < 0 ? [] : PythonLiterals.ReadArguments(line.Inside(bracket));
        return new PythonClass(number, name, bases, block);
    }

    private static void ReadSimple(PythonTokens line, List<PythonStatement> statements)
    {
        if (line.IsEmpty || line[0].Is("pass"))
        {
            return;
        }

        var equals = line.IndexOf("=");
        if (equals >= 0 && TargetOf(line.Take(equals)) is { } target)
        {
            statements.Add(new PythonAssignment(line[0].Line, target, PythonLiterals.Read(line.From(equals + 1))));
        }
        else if (equals < 0 && IsExpression(line))
        {
            statements.Add(new PythonExpression(line[0].Line, PythonLiterals.Read(line)));
        }
        else if (!IsAnnotation(line))
        {
            statements.Add(new PythonOther(line[0].Line, line.Text, []));
        }
    }

    /// <summary><c>name</c>, <c>self.name</c>, <c>name: annotation</c>; null for anything else that may be assigned to.</summary>
    private static string? TargetOf(PythonTokens tokens)
    {
        var colon = tokens.IndexOf(":");
        return (colon < 0 ? tokens : tokens.Take(colon)).DottedName;
    }

    /// <summary><c>name: annotation</c> declares nothing that has a value.</summary>
    private static bool IsAnnotation(PythonTokens line) => line.IndexOf(":") is var colon and > 0 && line.Take(colon).DottedName is not null && line.IndexOf("=") < 0;

    private static bool IsExpression(PythonTokens line) =>
        line[0].Kind is PythonTokenKind.Text or PythonTokenKind.Bytes or PythonTokenKind.Template || (line[0].Kind == PythonTokenKind.Name && line[^1].Is(")") && line.CallBracket > 0);
}
