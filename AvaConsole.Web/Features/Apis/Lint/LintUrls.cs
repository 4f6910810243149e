namespace AvaConsole.Web.Features.Apis.Lint;

/// <summary>Address of the rules of a project.</summary>
public static class LintUrls
{
    public const string Path = "/apis/lint";

    public static string Settings(string group, string project, string? show = null) => QueryText.Append(Path, ("group", group), ("project", project), ("show", show));
}
