using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;

namespace AvaConsole.Web.Infrastructure.Culture;

/// <summary>The languages that the console speaks.</summary>
public static class Cultures
{
    public const string English = "en";
    public const string Chinese = "zh-Hans";

    /// <summary>Culture name and the language's name in itself.</summary>
    public static IReadOnlyList<(string Name, string NativeName)> All { get; } = [(English, "English"), (Chinese, "简体中文")];

    public static bool IsSupported(string? name) => All.Any(culture => culture.Name == name);

    /// <summary>What <c>&lt;html lang&gt;</c> says for the current request.</summary>
    public static string Current => CultureInfo.CurrentUICulture.Name.StartsWith("zh", StringComparison.Ordinal) ? Chinese : English;

    /// <summary>The cookie decides, else the browser's languages (<c>zh-CN</c> falls back to <c>zh-Hans</c>), else English.</summary>
    public static void Configure(RequestLocalizationOptions options)
    {
        var names = All.Select(culture => culture.Name).ToArray();
        options.SetDefaultCulture(English).AddSupportedCultures(names).AddSupportedUICultures(names);
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
    }
}
