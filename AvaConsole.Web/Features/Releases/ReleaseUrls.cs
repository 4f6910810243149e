using AvaConsole.Web.Features.Apps;

namespace AvaConsole.Web.Features.Releases;

/// <summary>Addresses of the release pages.</summary>
public static class ReleaseUrls
{
    public static string New(string command) => $"{AppUrls.ListPath}/{Uri.EscapeDataString(command)}/releases/new";

    public static string Details(Guid id) => $"/releases/{id}";

    /// <summary>The release's page with a promotion to this phase, or a roll-back, already open.</summary>
    public static string Move(Guid id, string action) => QueryText.Append(Details(id), ("move", action));

    public static string Edit(Guid id) => $"/releases/{id}/edit";
}
