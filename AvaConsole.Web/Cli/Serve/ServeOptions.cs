using AvaConsole.Inference.Folders;
using AvaConsole.Inference.Trials;

namespace AvaConsole.Web.Cli.Serve;

/// <summary>What <c>asectl serve</c> was told.</summary>
internal sealed record ServeOptions
{
    public required ModelFolderOptions Models { get; init; }

    public required IReadOnlyList<ServeUrl> Urls { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Provider { get; init; } = "auto";

    /// <summary>Threads that compute within one run; 0 for one for each core.</summary>
    public int Threads { get; init; }

    /// <summary>Runs in flight at once; 0 for what suits the machine.</summary>
    public int Runs { get; init; }

    /// <summary>Tries each model before it is loaded here; null where they are trusted.</summary>
    public ChildProgram? Child { get; init; }
}
