namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>One instruction or comment of a Dockerfile.</summary>
/// <param name="Line">Of its first line, from 1.</param>
/// <param name="EndLine">Of its last line, heredocs included.</param>
/// <param name="Keyword">In capitals, for example <c>RUN</c>; <c>#</c> for a comment, as which parser directives count, too.</param>
/// <param name="Flags">As written, for example <c>--platform=linux/amd64</c>.</param>
/// <param name="Arguments">All after the flags, continuation lines joined and comments between them left out.</param>
/// <param name="Json">The arguments in JSON form; null where they are written in shell form.</param>
/// <param name="Heredocs">In the order in which they are opened.</param>
/// <param name="Raw">As it is written, without the last line end.</param>
public sealed record DockerfileInstruction(
    int Line, int EndLine, string Keyword, IReadOnlyList<string> Flags, string Arguments, IReadOnlyList<string>? Json, IReadOnlyList<DockerfileHeredoc> Heredocs, string Raw)
{
    public const string Comment = "#";

    public bool IsComment => Keyword == Comment;

    /// <summary>The flag's value, for example of <c>--from=build</c>; null where it is not given.</summary>
    public string? Flag(string name) =>
        Flags.FirstOrDefault(flag => flag.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];
}

/// <summary>A text within a Dockerfile: <c>&lt;&lt;EOF … EOF</c>.</summary>
/// <param name="Name">The line that ends it.</param>
/// <param name="Expands">Variables in it are filled in: its name is not quoted.</param>
/// <param name="Content">With line feeds.</param>
/// <param name="IsClosed">False where the file ends before it does.</param>
public sealed record DockerfileHeredoc(string Name, bool Expands, string Content, bool IsClosed);
