namespace AvaConsole.Web.Cli.Common;

/// <summary>What a verb tells the shell.</summary>
internal static class CliExit
{
    /// <summary>Done; nothing that the verb looks for was found.</summary>
    public const int Success = 0;

    /// <summary>The verb found what it looks for: a lint error, an invalid request, a breaking change.</summary>
    public const int Found = 1;

    /// <summary>The input or the command line cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>The console did not answer or refused.</summary>
    public const int Unavailable = 3;

    /// <summary>A fault of the program itself (EX_SOFTWARE of BSD's sysexits).</summary>
    public const int Fault = 70;
}
