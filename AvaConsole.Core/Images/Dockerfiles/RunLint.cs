using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Rules for what a layer runs: packages from apt and pip, and what is done with the shell that an instruction does better.</summary>
internal static class RunLint
{
    private static readonly HashSet<string> s_wrappers = new(StringComparer.Ordinal) { "sudo", "env", "exec", "time", "then", "do", "!" };

    /// <param name="tag">Of the stage's base, where it is of AVA's form.</param>
    public static void Check(DockerfileInstruction run, ImageTag? tag, DockerfileSink sink)
    {
        var calls = Calls(run);
        AptLint.Check(run, calls, sink);
        PipLint.Check(run, calls, tag, sink);
        if (calls.Any(call => call.Words.Contains("sudo")))
        {
            sink.Add("dockerfile.sudo", run.Line);
        }

        if (calls is [{ Words: ["cd", ..] }, ..] && calls[0].Words.Count > 1)
        {
            sink.Add("dockerfile.cd", run.Line, calls[0].Words[1]);
        }

        if (calls.FirstOrDefault(call => call.Call is ["chmod", ..] && call.Words.Any(word => word is "777" or "0777" or "a+rwx" or "ugo+rwx")) is { } chmod)
        {
            sink.Add("dockerfile.chmod_777", run.Line, chmod.Words[^1]);
        }
    }

    /// <summary>The commands of the layer, from the program's name on; of a heredoc, its lines.</summary>
    private static List<ShellCommand> Calls(DockerfileInstruction run)
    {
        var script = run.Heredocs is [var only] && run.Arguments.StartsWith("<<", StringComparison.Ordinal) ? only.Content : run.Arguments;
        return [.. ShellScript.Commands(script)];
    }

    /// <summary>The words of a call without <c>sudo</c> and the like in front.</summary>
    public static IReadOnlyList<string> Bare(ShellCommand command) =>
        [.. command.Call.SkipWhile(word => s_wrappers.Contains(word) || (word.IndexOf('=', StringComparison.Ordinal) > 0 && word[0] != '-'))];
}
