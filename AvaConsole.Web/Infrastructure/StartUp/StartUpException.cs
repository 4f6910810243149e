namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>The console cannot start, for a reason that its owner can act on. Shown as plain lines, never with a stack trace.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="problems">Each one line: what is wrong and what to do.</param>
public sealed class StartUpException(int exitCode, params IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public int ExitCode { get; } = exitCode;

    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>What the process returns to its caller.</summary>
public static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A fault in the console itself.</summary>
    public const int Failure = 1;

    /// <summary>Arguments or settings that cannot be accepted.</summary>
    public const int InvalidConfiguration = 2;

    /// <summary>Something around the console is missing, taken, full or does not answer.</summary>
    public const int Unavailable = 3;
}
