using System.Globalization;
using AvaConsole.Core.Images.Catalogue;

namespace AvaConsole.Web.Features.Images.Registries;

/// <summary>What is typed into the form of a registry, until it is saved.</summary>
public sealed class RegistryForm
{
    private static readonly char[] s_separators = [' ', ',', ';', '\t', '\r', '\n'];

    public string Name { get; set; } = "";

    public string Address { get; set; } = "";

    public string UserName { get; set; } = "";

    /// <summary>Never filled with the stored one. Empty keeps it.</summary>
    public string Secret { get; set; } = "";

    public bool RemoveSecret { get; set; }

    /// <summary>Divided by lines, spaces or commas, as the repositories are.</summary>
    public string AllowedHosts { get; set; } = "";

    public string Namespace { get; set; } = "";

    public string Repositories { get; set; } = "";

    public bool ListsRepositories { get; set; } = true;

    public string RefreshMinutes { get; set; } = "60";

    public string RequestBudget { get; set; } = "2000";

    public bool Enabled { get; set; } = true;

    /// <summary>The password would be readable on its way.</summary>
    public bool IsPlainHttp => Address.TrimStart().StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    public static RegistryForm From(ImageRegistry registry) => new()
    {
        Name = registry.Name,
        Address = registry.Address,
        UserName = registry.UserName,
        AllowedHosts = string.Join('\n', registry.AllowedHosts),
        Namespace = registry.Namespace,
        Repositories = string.Join('\n', registry.Repositories),
        ListsRepositories = registry.ListsRepositories,
        RefreshMinutes = registry.RefreshMinutes.ToString(CultureInfo.InvariantCulture),
        RequestBudget = registry.RequestBudget.ToString(CultureInfo.InvariantCulture),
        Enabled = registry.Enabled,
    };

    /// <summary>Numbers that cannot be read become 0, which the rules refuse with what is allowed.</summary>
    public RegistryRequest ToRequest() => new(Name, Address, RemoveSecret ? "" : Secret.Length == 0 ? null : Secret)
    {
        UserName = RemoveSecret ? "" : UserName,
        AllowedHosts = Split(AllowedHosts),
        Namespace = Namespace,
        Repositories = Split(Repositories),
        ListsRepositories = ListsRepositories,
        RefreshMinutes = Number(RefreshMinutes),
        RequestBudget = Number(RequestBudget),
        Enabled = Enabled,
    };

    public void Allow(string host) => AllowedHosts = string.Join('\n', Split(AllowedHosts).Append(host).Distinct());

    private static string[] Split(string text) => text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string text) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
