using AvaConsole.Tests.Support;
using Microsoft.Playwright;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>
/// Pictures of the pages. They go to <c>artifacts/screenshots</c>; with <c>AVACONSOLE_UPDATE_PICTURES=1</c> the ones that the README
/// shows are written to <c>docs/images</c>.
/// </summary>
internal static class Screenshots
{
    private static readonly bool s_update = Environment.GetEnvironmentVariable("AVACONSOLE_UPDATE_PICTURES") == "1";

    public static async Task TakeAsync(IPage page, string name, bool whole = false)
    {
        var folder = s_update && !name.Contains('/') ? Path.Combine("docs", "images") : Path.Combine("artifacts", "screenshots");
        var path = Path.Combine(RepositoryRoot.Path, folder, name + ".png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = whole, Animations = ScreenshotAnimations.Disabled });
    }
}
