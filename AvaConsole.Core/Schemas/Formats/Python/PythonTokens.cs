namespace AvaConsole.Core.Schemas.Formats.Python;

/// <summary>Some of the tokens, in order. Searches stay outside brackets.</summary>
internal readonly struct PythonTokens(IReadOnlyList<PythonToken> tokens, int start, int end)
{
    private const int LongestText = 60;
    private const string Pairs = "() [] {}";

    public int Count => end - start;

    public bool IsEmpty => start >= end;

    public PythonToken this[int index] => tokens[start + index];

    public PythonTokens From(int index) => new(tokens, start + index, end);

    public PythonTokens Take(int count) => new(tokens, start, start + count);

    /// <summary><c>a</c> or <c>a.b.c</c>; null for anything else.</summary>
    public string? DottedName
    {
        get
        {
            for (var index = 0; index < Count; index++)
            {
                if (index % 2 == 0 ? this[index].Kind != PythonTokenKind.Name : !this[index].Is("."))
                {
                    return null;
                }
            }

            return Count % 2 == 1 ? Join("") : null;
        }
    }

    /// <summary>Where the arguments of <c>a.b(…)</c> start, the whole being one such call; -1 for anything else.</summary>
    public int CallBracket
    {
        get
        {
            var bracket = IndexOf("(");
            return bracket > 0 && Take(bracket).DottedName is not null && CloseOf(bracket) == Count - 1 ? bracket : -1;
        }
    }

    /// <summary>As written but for white space, shortened.</summary>
    public string Text => Shorten(Take(Math.Min(Count, LongestText)).Join(" "));

    /// <summary>Where an operator stands outside brackets; -1 for nowhere. Of <c>lambda</c>, the colon belongs to the expression.</summary>
    public int IndexOf(string text)
    {
        var (depth, lambdas) = (0, 0);
        for (var index = 0; index < Count; index++)
        {
            var token = this[index];
            if (depth == 0 && lambdas == 0 && token.Is(text))
            {
                return index;
            }

            Step(token, ref depth, ref lambdas);
        }

        return -1;
    }

    /// <summary>The parts between separators; an empty part at the end is left out.</summary>
    public IReadOnlyList<PythonTokens> Split(string separator)
    {
        var parts = new List<PythonTokens>();
        for (var rest = this; !rest.IsEmpty;)
        {
            var at = rest.IndexOf(separator);
            parts.Add(at < 0 ? rest : rest.Take(at));
            rest = at < 0 ? rest.From(rest.Count) : rest.From(at + 1);
        }

        return parts;
    }

    /// <summary>What stands between the bracket at <paramref name="open"/> and the one that closes it.</summary>
    public PythonTokens Inside(int open) => From(open + 1).Take(CloseOf(open) - open - 1);

    /// <summary>Where the bracket at <paramref name="open"/> is closed.</summary>
    public int CloseOf(int open)
    {
        var (index, depth) = (open, 1);
        while (depth > 0)
        {
            depth += DepthOf(this[++index]);
        }

        return index;
    }

    /// <summary>Every bracket is closed by one of its own kind. What else is asked here relies on it.</summary>
    /// <exception cref="PythonSyntaxException"/>
    public void CheckBrackets()
    {
        var open = new Stack<PythonToken>();
        for (var index = 0; index < Count; index++)
        {
            var token = this[index];
            if (DepthOf(token) > 0)
            {
                open.Push(token);
            }
            else if (DepthOf(token) < 0 && (!open.TryPop(out var opened) || !Pairs.Contains(opened.Text + token.Text, StringComparison.Ordinal)))
            {
                throw new PythonSyntaxException("import.python_bracket", token.Line, token.Text);
            }
        }

        if (open.TryPeek(out var last))
        {
            throw new PythonSyntaxException("import.python_bracket", last.Line, last.Text);
        }
    }

    private static void Step(PythonToken token, ref int depth, ref int lambdas)
    {
        depth += DepthOf(token);
        if (depth > 0)
        {
            return;
        }

        lambdas += token.Is("lambda") ? 1 : token.Is(":") && lambdas > 0 ? -1 : 0;
    }

    private static int DepthOf(PythonToken token) => token.Kind != PythonTokenKind.Operator ? 0 : token.Text switch
    {
        "(" or "[" or "{" => 1,
        ")" or "]" or "}" => -1,
        _ => 0,
    };

    private static string Shorten(string text) => text.Length > LongestText ? text[..LongestText] + "…" : text;

    private string Join(string separator)
    {
        var (all, from) = (tokens, start);
        return string.Join(separator, Enumerable.Range(0, Count).Select(index => all[from + index].Text));
    }
}
