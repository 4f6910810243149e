namespace AvaConsole.Web.Features.Changes;

/// <summary>Addresses of the change pages.</summary>
public static class ChangeUrls
{
    public const string ListPath = "/changes";

    /// <param name="state">Name of a <c>ChangeState</c> in lower case; null for all.</param>
    public static string List(string? state = null) => QueryText.Append(ListPath, ("state", state));

    public static string Details(Guid id) => $"{ListPath}/{id}";
}
