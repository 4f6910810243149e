using AvaConsole.Web.Infrastructure.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Components.Palette;

/// <summary>Ctrl/Cmd+K: an ARIA combobox in a modal dialog. The keys are heard in <c>wwwroot/js/shortcuts.js</c>.</summary>
public sealed partial class CommandPalette
{
    private const string ModulePath = "/js/shortcuts.js";

    private readonly CancellationTokenSource _disposed = new();
    private IReadOnlyList<IGrouping<PaletteGroup, PaletteCommand>> _groups = [];
    private IReadOnlyList<PaletteCommand> _flat = [];
    private IReadOnlyList<PaletteCommand> _pages = [];
    private PaletteCommand? _active;
    private string _query = "";
    private int _asked;
    private IJSObjectReference? _module;
    private DotNetObjectReference<CommandPalette>? _self;

    private string? ActiveId => _active is null ? null : OptionId(_active);

    private object Settings => new
    {
        singleKeys = Preferences.Current.SingleKeyShortcuts,
        chords = string.Concat(_pages.Select(page => page.Chord)),
    };

    [JSInvokable]
    public async Task QueryAsync(string query)
    {
        await FindAsync(query);
        await InvokeAsync(StateHasChanged);
    }

    [JSInvokable]
    public async Task MoveAsync(int by)
    {
        if (_flat.Count == 0)
        {
            return;
        }

        // Single steps go round; longer ones stop at the ends.
        var at = _flat.ToList().FindIndex(command => command.Id == _active?.Id) + by;
        _active = _flat[by is 1 or -1 ? (at + _flat.Count) % _flat.Count : Math.Clamp(at, 0, _flat.Count - 1)];
        await InvokeAsync(StateHasChanged);
        await Module.InvokeVoidAsync("reveal", ActiveId);
    }

    /// <summary>Enter. Whoever types fast presses it before the answer to the last letters was there.</summary>
    [JSInvokable]
    public async Task RunAsync(string query)
    {
        if (query != _query)
        {
            await FindAsync(query);
        }

        if (_active is { } command)
        {
            await RunCommandAsync(command);
        }
    }

    [JSInvokable]
    public Task ChordAsync(string key)
    {
        var page = _pages.FirstOrDefault(page => page.Chord?.ToString() == key);
        return page is null ? Task.CompletedTask : InvokeAsync(() => Navigation.NavigateTo(page.Url!));
    }

    public async ValueTask DisposeAsync()
    {
        Preferences.Changed -= OnPreferencesChanged;
        await _disposed.CancelAsync();
        _disposed.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.InvokeVoidAsync("stop");
            }
            catch (JSDisconnectedException)
            {
                // The tab is gone, and its listeners with it.
            }

            await _module.SafeDisposeAsync();
        }

        _self?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Preferences.Changed += OnPreferencesChanged;
        _pages = Pages.For(await Actor.GetAsync());
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _pages = Pages.For(await Actor.GetAsync());
            _module = await Script.InvokeAsync<IJSObjectReference>("import", ModulePath);
            await _module.InvokeVoidAsync("start", _self, Settings);
        }
    }

    private static string OptionId(PaletteCommand command) => "palette-" + command.Id;

    private IJSObjectReference Module => _module ?? throw new InvalidOperationException("The module calls before it was loaded.");

    private async Task FindAsync(string query)
    {
        var asked = ++_asked;
        var groups = await Commands.FindAsync(query.Trim(), await Actor.GetAsync(), _disposed.Token);
        if (asked != _asked)
        {
            // A newer question is under way; its answer will be the right one.
            return;
        }

        _query = query;
        _groups = groups;
        _flat = [.. groups.SelectMany(group => group)];
        _active = _flat.Count > 0 ? _flat[0] : null;
    }

    private async Task RunCommandAsync(PaletteCommand command)
    {
        await Module.InvokeVoidAsync("closePalette");
        if (command.Url is { } url)
        {
            Navigation.NavigateTo(url, forceLoad: url == Layout.ShellUrls.Password);
        }
        else if (command.Button is { } button)
        {
            await Browser.ClickAsync(button);
        }
    }

    private async Task SetSingleKeysAsync(ChangeEventArgs e) =>
        await Preferences.UpdateAsync(current => current with { SingleKeyShortcuts = e.Value is true });

    private void OnPreferencesChanged() => InvokeAsync(async () =>
    {
        StateHasChanged();
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("configure", Settings);
        }
    });
}
