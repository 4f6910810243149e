namespace AvaConsole.Core.Images.Catalogue;

/// <summary>A registry as a person types it.</summary>
/// <param name="Address">Host, or URL; without a scheme <c>https</c> is meant.</param>
/// <param name="Secret">Null keeps the stored one, empty removes it. Kept only for the address that it was typed for.</param>
public sealed record RegistryRequest(string Name, string Address, string? Secret = null)
{
    /// <summary>See <see cref="ImageRegistry.AllowedHosts"/>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>See <see cref="ImageRegistry.Namespace"/>.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>See <see cref="ImageRegistry.Repositories"/>.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    public bool ListsRepositories { get; init; } = true;

    /// <summary>Empty asks as anyone.</summary>
    public string UserName { get; init; } = "";

    /// <summary>5–10,080.</summary>
    public int RefreshMinutes { get; init; } = 60;

    /// <summary>Requests of one refresh, 10–100,000.</summary>
    public int RequestBudget { get; init; } = 2_000;

    public bool Enabled { get; init; } = true;

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{Name} {Address}";
}
