namespace AvaConsole.Core.Naming;

/// <summary>A name that somebody is about to give, so that nobody else is offered the same.</summary>
public sealed class NameReservation
{
    /// <summary>Within what it is the only one, for example the releases of one app: <see cref="NameReservations.ReleasesOf"/>.</summary>
    public string Scope { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>The open page that holds it.</summary>
    public Guid Page { get; set; }

    /// <summary>Who has that page open, for the message to others.</summary>
    public string HolderName { get; set; } = "";

    /// <summary>From then on it is anybody's. A page that is open moves it on.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}
