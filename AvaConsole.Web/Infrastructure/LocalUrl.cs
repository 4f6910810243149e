namespace AvaConsole.Web.Infrastructure;

/// <summary>Return addresses from forms and query strings: only paths of this site are followed.</summary>
public static class LocalUrl
{
    public const string Home = "/";

    /// <summary>A path that starts with exactly one slash and holds no backslash or control character; otherwise the home page.</summary>
    public static string OrHome(string? url) => IsLocal(url) ? url! : Home;

    public static bool IsLocal(string? url) =>
        !string.IsNullOrEmpty(url)
        && url[0] == '/'
        && !(url.Length > 1 && url[1] is '/' or '\\')
        && !url.Any(c => c == '\\' || char.IsControl(c));
}
