using Microsoft.JSInterop;

namespace AvaConsole.Web.Infrastructure.Browser;

/// <summary>Typed door to <c>wwwroot/js/browser.js</c>. Scoped: one per browser tab.</summary>
public sealed class BrowserModule(IJSRuntime js) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <summary>IANA name, for example <c>Asia/Shanghai</c>.</summary>
    public async ValueTask<string?> GetTimeZoneAsync() => await (await LoadAsync()).InvokeAsync<string?>("timeZone");

    /// <returns>False where the browser does not permit it.</returns>
    public async ValueTask<bool> CopyAsync(string text) => await (await LoadAsync()).InvokeAsync<bool>("copy", text);

    public async ValueTask<string?> ReadStorageAsync(string key) => await (await LoadAsync()).InvokeAsync<string?>("readStorage", key);

    public async ValueTask WriteStorageAsync(string key, string value) => await (await LoadAsync()).InvokeVoidAsync("writeStorage", key, value);

    /// <summary>Saves a text as a file of the user's, without a way over the page's address.</summary>
    public async ValueTask SaveFileAsync(string name, string mediaType, string text) => await (await LoadAsync()).InvokeVoidAsync("save", name, mediaType, text);

    /// <summary>Presses a button of the page, for example one of the theme form's.</summary>
    public async ValueTask ClickAsync(string selector) => await (await LoadAsync()).InvokeVoidAsync("click", selector);

    /// <summary>Moves the focus to the first match, if there is one.</summary>
    public async ValueTask FocusAsync(string selector) => await (await LoadAsync()).InvokeVoidAsync("focusFirst", selector);

    public async ValueTask DisposeAsync()
    {
        if (_module is { IsCompletedSuccessfully: true })
        {
            await _module.Result.SafeDisposeAsync();
        }
    }

    private Task<IJSObjectReference> LoadAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", "/js/browser.js").AsTask();
}
