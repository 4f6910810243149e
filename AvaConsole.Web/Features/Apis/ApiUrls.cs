namespace AvaConsole.Web.Features.Apis;

/// <summary>Addresses of the API pages.</summary>
public static class ApiUrls
{
    public const string ListPath = "/apis";

    public static string List(string? search = null, bool create = false) => QueryText.Append(ListPath, ("q", search), ("new", create ? "true" : null));

    /// <param name="preview"><c>yaml</c> or <c>json</c>.</param>
    /// <param name="version">A published version to look at.</param>
    /// <param name="compare">What to compare it with: another version, or <c>draft</c>.</param>
    public static string Details(Guid id, string? preview = null, string? version = null, string? compare = null) =>
        QueryText.Append($"{ListPath}/{id}", ("preview", preview), ("version", version), ("compare", compare));
}
