namespace AvaConsole.Web.Cli.Common;

/// <summary>Ends a verb: lines for standard error that say what is wrong, where, and what to do.</summary>
internal sealed class CliFailureException(int exitCode, params IReadOnlyList<string> lines) : Exception(string.Join('\n', lines))
{
    public int ExitCode { get; } = exitCode;

    public IReadOnlyList<string> Lines { get; } = lines;
}
