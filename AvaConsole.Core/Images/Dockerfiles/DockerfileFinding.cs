using AvaConsole.Core.Schemas.Lint;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>One thing that a rule found in a Dockerfile.</summary>
/// <param name="Rule">Rule id, for example <c>dockerfile.base_unpinned</c>; also the code of its text.</param>
/// <param name="Line">From 1.</param>
/// <param name="Fix">Null where there is no one right way to mend it.</param>
public sealed record DockerfileFinding(string Rule, LintSeverity Severity, int Line, IReadOnlyList<object?> Args, DockerfileFix? Fix);

/// <summary>Lines and what to write in their place.</summary>
/// <param name="Line">The first, from 1.</param>
/// <param name="EndLine">The last.</param>
public sealed record DockerfileFix(int Line, int EndLine, string Text);

/// <summary>One rule of the lint.</summary>
public sealed record DockerfileRule(string Id, LintSeverity Severity);

/// <param name="AllowedRoots">Registry and namespace under which bases may be, for example <c>registry.example/ava-public</c>; empty for any.</param>
public sealed record DockerfileLintOptions(IReadOnlyList<string> AllowedRoots)
{
    public static DockerfileLintOptions Default { get; } = new([]);
}
