namespace AvaConsole.Web.Infrastructure.Culture;

/// <summary>The three settings of the theme switch, as the cookie <c>theme</c> holds them.</summary>
public static class ThemeNames
{
    public const string CookieName = "theme";
    public const string System = "system";
    public const string Light = "light";
    public const string Dark = "dark";

    public static IReadOnlyList<string> All { get; } = [System, Light, Dark];

    /// <summary>Unknown values count as <see cref="System"/>.</summary>
    public static string Parse(string? value) => value is Light or Dark ? value : System;
}
