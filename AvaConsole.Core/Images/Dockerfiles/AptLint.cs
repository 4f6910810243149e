namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Rules for <c>apt-get</c> in a layer.</summary>
internal static class AptLint
{
    private const string Cleanup = "rm -rf /var/lib/apt/lists/*";

    public static void Check(DockerfileInstruction run, IReadOnlyList<ShellCommand> commands, DockerfileSink sink)
    {
        var calls = commands.Select(RunLint.Bare).ToList();
        var installs = calls.Where(call => Verb(call) == "install").ToList();
        var update = calls.FindIndex(call => Verb(call) == "update");
        if (installs.Count == 0)
        {
            if (update >= 0) sink.Add("dockerfile.apt_update_alone", run.Line);
            return;
        }

        if (update < 0 || update > calls.FindIndex(call => Verb(call) == "install"))
        {
            sink.Add("dockerfile.apt_without_update", run.Line);
        }

        if (installs.Exists(call => call[0] == "apt"))
        {
            sink.Add("dockerfile.apt_unstable", run.Line, Rename(run), []);
        }

        if (!installs.TrueForAll(IsAssumingYes))
        {
            sink.Add("dockerfile.apt_without_yes", run.Line, Insert(run, installs, "-y"), []);
        }

        if (!installs.TrueForAll(call => call.Any(word => word is "--no-install-recommends" or "APT::Install-Recommends=false")))
        {
            sink.Add("dockerfile.apt_recommends", run.Line, Insert(run, installs, "--no-install-recommends"), []);
        }

        // A cache mount keeps the lists out of the layer.
        if (!run.Flags.Any(flag => flag.StartsWith("--mount=", StringComparison.Ordinal)) && !calls.Exists(IsCleanup))
        {
            sink.Add("dockerfile.apt_without_cleanup", run.Line, Append(run), []);
        }
    }

    private static string Verb(IReadOnlyList<string> call) => call is ["apt-get" or "apt", ..] ? call.Skip(1).FirstOrDefault(word => word is not ['-', ..]) ?? "" : "";

    private static bool IsAssumingYes(IReadOnlyList<string> call) =>
        call.Any(word => word is "--yes" or "--assume-yes" || word == "-qq" || (word is ['-', not '-', ..] && word.Contains('y', StringComparison.Ordinal)));

    private static bool IsCleanup(IReadOnlyList<string> call) => call is ["rm", ..] && call.Any(word => word.StartsWith("/var/lib/apt/lists", StringComparison.Ordinal));

    private static DockerfileFix? Rename(DockerfileInstruction run) => Replace(run, "apt install", "apt-get install");

    private static DockerfileFix? Insert(DockerfileInstruction run, List<IReadOnlyList<string>> installs, string flag) =>
        installs.Count == 1 ? Replace(run, "apt-get install", $"apt-get install {flag}") : null;

    private static DockerfileFix? Append(DockerfileInstruction run) =>
        run.Heredocs.Count == 0 && !run.Raw.Contains('#', StringComparison.Ordinal) && !run.Raw.EndsWith('\\')
            ? new DockerfileFix(run.Line, run.EndLine, $"{run.Raw.TrimEnd()} && {Cleanup}")
            : null;

    /// <summary>Only where the words stand once and as they are looked for: a fix never guesses.</summary>
    private static DockerfileFix? Replace(DockerfileInstruction run, string words, string better)
    {
        var at = run.Raw.IndexOf(words + " ", StringComparison.Ordinal);
        return at >= 0 && run.Raw.IndexOf(words, at + 1, StringComparison.Ordinal) < 0
            ? new DockerfileFix(run.Line, run.EndLine, $"{run.Raw[..at]}{better}{run.Raw[(at + words.Length)..]}")
            : null;
    }
}
