using System.Globalization;
using AvaConsole.Core.RequestLog;

namespace AvaConsole.Web.Features.Apps;

/// <summary>Addresses of the app pages.</summary>
public static class AppUrls
{
    public const string ListPath = "/apps";
    public const string New = ListPath + "/new";

    public static string List(string? search = null) => QueryText.Append(ListPath, ("q", search));

    public static string Details(string command, AppTab tab = AppTab.Releases) =>
        QueryText.Append($"{ListPath}/{Uri.EscapeDataString(command)}", ("tab", tab == AppTab.Releases ? null : Name(tab)));

    /// <summary>The app's worker document, opened for editing with this delay.</summary>
    /// <param name="delay">Milliseconds.</param>
    public static string Worker(string command, string delay) =>
        QueryText.Append($"{ListPath}/{Uri.EscapeDataString(command)}", ("tab", Name(AppTab.About)), ("delay", delay));

    /// <summary>Samples of the app's calls.</summary>
    public static string Requests(string command, RequestFilter filter, int page = 1) => QueryText.Append(
        $"{ListPath}/{Uri.EscapeDataString(command)}",
        ("tab", Name(AppTab.Requests)),
        ("q", filter.Search),
        ("version", filter.Version),
        ("failed", filter.Failed is { } failed ? failed ? "true" : "false" : null),
        ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null));

    public static string Name(AppTab tab) => tab switch
    {
        AppTab.Try => "try",
        AppTab.Tests => "tests",
        AppTab.Requests => "requests",
        AppTab.About => "about",
        _ => "releases",
    };

    /// <summary>Unknown names show the releases.</summary>
    public static AppTab ParseTab(string? name) => Enum.GetValues<AppTab>().FirstOrDefault(tab => Name(tab) == name);
}

/// <summary>Parts of an app's page, in the order they are shown.</summary>
public enum AppTab
{
    Releases,
    Try,
    Tests,
    Requests,
    About,
}
