namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Collects findings; what a message repeats of the text is short and holds no control character.</summary>
internal sealed class DockerfileSink
{
    private readonly List<DockerfileFinding> _findings = [];

    public IReadOnlyList<DockerfileFinding> Findings => _findings;

    public void Add(string rule, int line, params IReadOnlyList<object?> args) => Add(rule, line, null, args);

    public void Add(string rule, int line, DockerfileFix? fix, IReadOnlyList<object?> args) =>
        _findings.Add(new DockerfileFinding(rule, DockerfileRules.Of(rule).Severity, line, [.. args.Select(Recipes.RecipeProblems.Shown)], fix));
}
