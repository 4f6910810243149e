namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>What a <c>FROM</c> says.</summary>
internal static class DockerfileStage
{
    /// <summary>The image or stage that it builds on; variables are left as they are.</summary>
    public static string BaseOf(DockerfileInstruction from) => ShellWords.Raw(from.Arguments).FirstOrDefault() ?? "";

    /// <summary>The stage's own name; null where it has none.</summary>
    public static string? NameOf(DockerfileInstruction from) =>
        ShellWords.Raw(from.Arguments).ToList() is [_, var word, var name] && word.Equals("AS", StringComparison.OrdinalIgnoreCase) ? name : null;
}
