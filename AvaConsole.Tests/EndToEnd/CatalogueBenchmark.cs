using System.Globalization;
using AvaConsole.Tests.Support;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>
/// Measures the catalogue with 10,000 images and 100,000 tags in a real browser: <c>AVACONSOLE_BENCHMARK=1 dotnet test --filter CatalogueBenchmark</c>.
/// Prints figures; decides nothing, because they are the machine's as much as ours.
/// </summary>
[Trait("Category", "EndToEnd")]
[Collection(SecondBrowserCollection.Name)]
public sealed class CatalogueBenchmark(BrowserFixture browser, ITestOutputHelper output)
{
    private const int Openings = 31;

    private static readonly string[] s_searches = ["ava-tensorflow gpu", "classify latest", "team-07 pytorch", "py35-cuda90-cudnn7", "mxnet face-det v2019"];

    // From the click on the navigation to the first card in the page.
    private const string Open = """
        async () => {
          const start = performance.now();
          document.querySelector('.nav a[href="/images"]').click();
          while (!document.querySelector('.cards article')) {
            if (performance.now() - start > 60000) throw new Error('no card comes');
            await new Promise(resolve => requestAnimationFrame(resolve));
          }
          return performance.now() - start;
        }
        """;

    // From the key's event to the moment in which the answer to what is then in the box is in the page.
    private const string Listen = """
        () => {
          window.figures = [];
          window.pressed = 0;
          const box = document.querySelector('#main input[type=search]');
          box.addEventListener('keydown', () => { window.pressed = performance.now(); }, true);
          new MutationObserver(() => {
            const searched = new URL(document.querySelector('[data-searched]').dataset.searched, location).searchParams.get('q') ?? '';
            if (window.pressed && searched === box.value.trim()) {
              window.figures.push(performance.now() - window.pressed);
              window.pressed = 0;
            }
          }).observe(document.querySelector('[data-searched]'), { attributes: true, attributeFilter: ['data-searched'] });
        }
        """;

    [BenchmarkFact]
    public async Task Search_HundredThousandTags_SaysHowLongRowsAndKeysTake()
    {
        await using var console = await CatalogueConsole.StartAsync(10_000, 100_000);
        await using var ada = await Visitor.ArriveAsync(browser, console.BaseUrl, "en");
        await ada.CreateFirstAccountAsync(console.SignInLink, "ada");
        await CatalogueConsole.IsReadAsync(ada, 10_006);

        List<double> rows = [];
        for (var opening = 0; opening < Openings; opening++)
        {
            await ada.Page.GotoAsync("/settings");
            await Expect(ada.Page.Locator("#settings-keys")).ToBeVisibleAsync();
            rows.Add(await ada.Page.EvaluateAsync<double>(Open));
        }

        List<double> keys = [];
        foreach (var search in s_searches)
        {
            keys.AddRange(await TypeAsync(ada.Page, search));
        }

        Say("first rows", rows);
        Say("key to result", keys);
    }

    private static async Task<double[]> TypeAsync(IPage page, string text)
    {
        await page.GotoAsync("/images");
        await Expect(page.Locator(".cards article").First).ToBeVisibleAsync();
        await page.Locator("#main input[type=search]").First.FocusAsync();
        await page.EvaluateAsync(Listen);
        var answers = 0;
        foreach (var letter in text)
        {
            await page.Keyboard.TypeAsync(letter.ToString());
            // A space asks for nothing new.
            if (letter != ' ')
            {
                answers++;
                await page.WaitForFunctionAsync($"() => window.figures.length >= {answers}");
            }
            else
            {
                await page.EvaluateAsync("() => { window.pressed = 0; }");
            }
        }

        return await page.EvaluateAsync<double[]>("() => window.figures");
    }

    private void Say(string what, IReadOnlyCollection<double> figures)
    {
        var sorted = figures.Order().ToList();
        string At(double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))].ToString("F0", CultureInfo.InvariantCulture);
        output.WriteLine($"{what}: {sorted.Count} times, p50 {At(0.5)} ms, p95 {At(0.95)} ms, max {At(1)} ms");
    }
}
