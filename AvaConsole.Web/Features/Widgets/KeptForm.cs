using System.Text.Json;
using AvaConsole.Web.Infrastructure.Browser;

namespace AvaConsole.Web.Features.Widgets;

/// <summary>Keeps what is typed into a form in the browser until it is saved: a lost connection or a closed tab takes nothing with it. Never a secret.</summary>
/// <param name="key">Of the browser's storage; one for each person and thing.</param>
internal sealed class KeptForm<T>(BrowserModule browser, string key)
    where T : class
{
    /// <summary>Null where nothing is kept, or nothing that this version can read.</summary>
    public async Task<T?> ReadAsync()
    {
        var text = await browser.ReadStorageAsync(key);
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize<T>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public ValueTask WriteAsync(T form) => browser.WriteStorageAsync(key, JsonSerializer.Serialize(form));

    public ValueTask ForgetAsync() => browser.WriteStorageAsync(key, "");
}
