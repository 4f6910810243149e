using System.Text.Json;

namespace AvaConsole.Web.Infrastructure.Browser;

/// <summary>How this person likes to look at things. Kept in the browser, as one versioned object.</summary>
public sealed record ViewSettings
{
    public bool RailCollapsed { get; init; }

    public bool DiffSplit { get; init; }

    /// <summary>Rows per page of lists.</summary>
    public int PageSize { get; init; } = 25;

    /// <summary>Keys without modifier (<c>g a</c>, <c>/</c>, <c>?</c>) act.</summary>
    public bool SingleKeyShortcuts { get; init; } = true;
}

/// <summary>Reads and writes <see cref="ViewSettings"/>. Scoped: one per browser tab.</summary>
public sealed class ViewPreferences(BrowserModule browser)
{
    public const string StorageKey = "avaconsole.view.v1";

    private Task? _loading;

    public event Action? Changed;

    public ViewSettings Current { get; private set; } = new();

    public Task LoadAsync() => _loading ??= ReadAsync();

    public async Task UpdateAsync(Func<ViewSettings, ViewSettings> change)
    {
        Current = change(Current);
        Changed?.Invoke();
        await browser.WriteStorageAsync(StorageKey, JsonSerializer.Serialize(Current));
    }

    private async Task ReadAsync()
    {
        if (await browser.ReadStorageAsync(StorageKey) is not { Length: > 0 } json)
        {
            return;
        }

        try
        {
            Current = JsonSerializer.Deserialize<ViewSettings>(json) ?? new();
        }
        catch (JsonException)
        {
            // Somebody edited the browser's storage: start over.
            Current = new();
        }

        Changed?.Invoke();
    }
}
