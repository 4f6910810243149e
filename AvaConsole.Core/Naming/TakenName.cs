namespace AvaConsole.Core.Naming;

/// <summary>A name that somebody has or is about to have.</summary>
/// <param name="Who">The owner, the change and its proposer, or who has the page open; empty for nobody known.</param>
internal sealed record TakenName(string Name, TakenBy By, string Who);

internal enum TakenBy
{
    /// <summary>An app of this console.</summary>
    App,

    /// <summary>Keys of the live configuration, of no app that this console knows.</summary>
    Live,

    /// <summary>A change that is not applied yet.</summary>
    Plan,

    /// <summary>A page that somebody has open.</summary>
    Reserved,
}

/// <summary>All names of apps that are given, live or about to be, but for those of the page that asks.</summary>
internal sealed record TakenAppNames(IReadOnlyList<TakenName> Commands, IReadOnlyList<TakenName> Instances)
{
    /// <summary>Commands that nobody may have any more, whether by themselves or because their instance is somebody's.</summary>
    public IReadOnlyCollection<string> AllCommands { get; } =
    [
        .. Commands.Select(taken => taken.Name),
        .. Instances.Where(taken => taken.Name.StartsWith(AppName.InstancePrefix, StringComparison.Ordinal)).Select(taken => taken.Name[AppName.InstancePrefix.Length..]),
    ];
}
