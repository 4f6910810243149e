using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AvaConsole.Web.Infrastructure.Browser;

namespace AvaConsole.Web.Features.Widgets;

/// <summary>Keeps what is typed into a form in the browser until it is saved: a lost connection or a closed tab takes nothing with it. Never a secret.</summary>
/// <param name="key">Of the browser's storage; one for each person and thing.</param>
internal sealed class KeptForm<T>(BrowserModule browser, string key)
    where T : class
{
    // What is read comes back over the circuit, which ends at a message of 32 KB.
    private const int MaxBytes = 24 * 1024;

    // Shorter: most of what people type is not ASCII where they write Chinese. It never becomes markup.
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    /// <summary>A form that is too long for it is not kept.</summary>
    public ValueTask WriteAsync(T form)
    {
        var text = JsonSerializer.Serialize(form, s_options);
        return Encoding.UTF8.GetByteCount(text) <= MaxBytes ? browser.WriteStorageAsync(key, text) : ForgetAsync();
    }

    public ValueTask ForgetAsync() => browser.WriteStorageAsync(key, "");
}
