namespace AvaConsole.Web.Features.Apis;

/// <summary>Addresses of the API pages.</summary>
public static class ApiUrls
{
    public const string ListPath = "/apis";

    public static string List(string? search = null, bool create = false) => QueryText.Append(ListPath, ("q", search), ("new", create ? "true" : null));

    /// <param name="pane">What is shown beside the form: <c>code</c>, <c>preview</c> or <c>check</c>.</param>
    /// <param name="code">Format of the code pane.</param>
    /// <param name="version">A published version to look at.</param>
    /// <param name="compare">What to compare it with: another version, or <c>draft</c>.</param>
    /// <param name="preview">Tab of the preview.</param>
    public static string Details(Guid id, string? pane = null, string? code = null, string? version = null, string? compare = null, string? preview = null) =>
        QueryText.Append($"{ListPath}/{id}", ("pane", pane), ("code", code), ("version", version), ("compare", compare), ("preview", preview));
}
