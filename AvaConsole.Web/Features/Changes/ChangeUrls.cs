namespace AvaConsole.Web.Features.Changes;

/// <summary>Addresses of the change pages.</summary>
public static class ChangeUrls
{
    public const string ListPath = "/changes";

    /// <param name="state">See <see cref="ChangeStates.Name"/>; null for all.</param>
    public static string List(string? state = null) => QueryText.Append(ListPath, ("state", state));

    public static string Details(Guid id) => $"{ListPath}/{id}";
}
