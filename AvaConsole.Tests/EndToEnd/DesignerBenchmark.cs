using System.Globalization;
using System.Text;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Apis;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>
/// Measures the designer with 5,000 lines of schema in a real browser: <c>AVACONSOLE_BENCHMARK=1 dotnet test --filter DesignerBenchmark</c>.
/// Prints figures; decides nothing, because they are the machine's as much as ours.
/// </summary>
[Trait("Category", "EndToEnd")]
[Collection(SecondBrowserCollection.Name)]
public sealed class DesignerBenchmark(BrowserFixture browser, ITestOutputHelper output)
{
    private const int Keys = 100;
    private const int Openings = 7;

    // From the key's event to the moment in which the server's answer to it is in the page.
    private const string Listen = """
        () => {
          window.figures = [];
          let pressed = 0;
          document.addEventListener('keydown', () => { pressed = performance.now(); }, true);
          new MutationObserver(() => {
            if (pressed) {
              window.figures.push(performance.now() - pressed);
              pressed = 0;
            }
          }).observe(document.querySelector('[data-changes]'), { attributes: true, attributeFilter: ['data-changes'] });
        }
        """;

    // From the click on the API's name to its last row and to the text of its code.
    private const string Open = """
        async last => {
          const start = performance.now();
          const until = async selector => {
            while (!document.querySelector(selector)) {
              if (performance.now() - start > 60000) throw new Error(`${selector} does not come`);
              await new Promise(resolve => requestAnimationFrame(resolve));
            }
            return performance.now() - start;
          };
          document.querySelector('main a[href^="/apis/"]').click();
          return [await until(last), await until('.view-lines .view-line:nth-child(5)')];
        }
        """;

    [BenchmarkFact]
    public async Task Type_FiveThousandLines_SaysHowLongAKeyTakes()
    {
        var schema = Large();
        var text = SchemaWriter.Write(schema, SchemaFormat.Ase).Value!.Text;
        output.WriteLine($"{text.Count(letter => letter == '\n')} lines of YAML, {schema.Parameters.Count} parameters");
        await using var console = await ConsoleProcess.StartAsync();
        await using var ada = await Visitor.ArriveAsync(browser, console.BaseUrl.GetLeftPart(UriPartial.Authority), "en");
        await ada.CreateFirstAccountAsync(console.SignInLink!, "ada");
        var designer = await Designer.CreateAsync(ada, "large");
        await ada.Page.Locator("#import-file").SetInputFilesAsync(new FilePayload { Name = "large.yaml", MimeType = "text/yaml", Buffer = Encoding.UTF8.GetBytes(text) });
        await ada.Page.GetByTestId("import-replace").ClickAsync();
        await Expect(designer.Names(DraftList.Parameters)).ToHaveCountAsync(schema.Parameters.Count);
        await designer.IsSavedAsync();

        await MeasureOpeningAsync(ada.Page, schema.Parameters.Count - 1);
        List<double> all = [];
        foreach (var field in (string[])["#field-Description", "#field-Parameters-5-Name", $"#field-Parameters-{schema.Parameters.Count - 5}-Name"])
        {
            var figures = await MeasureTypingAsync(designer, ada.Page, field);
            Say($"key in {field}", figures);
            all.AddRange(figures);
        }

        Say("key in any field", all);
    }

    private async Task MeasureOpeningAsync(IPage page, int last)
    {
        List<double> form = [], code = [];
        for (var opening = 0; opening < Openings; opening++)
        {
            await page.GotoAsync("/apis");
            await Expect(page.Locator("main a[href^='/apis/']").First).ToBeVisibleAsync();
            var figures = await page.EvaluateAsync<double[]>(Open, $"#field-Parameters-{last}-Name");
            form.Add(figures[0]);
            code.Add(figures[1]);
        }

        Say("open the form", form);
        Say("open form and code", code);
    }

    private static async Task<double[]> MeasureTypingAsync(Designer designer, IPage page, string field)
    {
        // The browser would ask whether to leave what is not saved.
        await designer.IsSavedAsync();
        await page.ReloadAsync();
        await designer.IsOpenAsync();
        await Expect(page.Locator(".view-lines .view-line").First).ToBeVisibleAsync();
        await page.Locator(field).FocusAsync();
        await page.EvaluateAsync(Listen);
        for (var key = 1; key <= Keys; key++)
        {
            await page.Keyboard.PressAsync($"{(char)('a' + (key % 26))}");
            await page.WaitForFunctionAsync($"() => window.figures.length >= {key}");
            // As fast as people type.
            await page.WaitForTimeoutAsync(80);
        }

        return await page.EvaluateAsync<double[]>("() => window.figures");
    }

    private void Say(string what, IReadOnlyCollection<double> figures)
    {
        var sorted = figures.Order().ToList();
        string At(double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))].ToString("F0", CultureInfo.InvariantCulture);
        output.WriteLine($"{what}: {sorted.Count} times, p50 {At(0.5)} ms, p95 {At(0.95)} ms, max {At(1)} ms");
    }

    private static ApiSchema Large() => new()
    {
        Service = "large",
        Parameters =
        [
            .. Enumerable.Range(0, 640).Select(number => new ApiParameter
            {
                Name = $"field_{number}",
                Type = ParameterTypes.Integer,
                Format = "int32",
                Description = $"What field {number} is for.",
                Minimum = 1,
                Maximum = 100 + number,
                Default = "3",
                Enum = number % 4 == 0 ? ["3", "5", "7"] : [],
            }),
        ],
        Payload = [new PayloadEntry { Name = "image", Required = true, Description = "A picture." }],
        Response = [new PayloadEntry { Name = "result", Type = PayloadTypes.Json, Description = "What was found." }],
    };
}
