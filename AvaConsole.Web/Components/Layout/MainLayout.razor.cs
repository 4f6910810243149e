using AvaConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components.Routing;

namespace AvaConsole.Web.Components.Layout;

public sealed partial class MainLayout
{
    private PageErrorBoundary? _boundary;

    // With <base href="/"> a bare "#main" would lead to the home page.
    private string CurrentPath => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Preferences.Changed -= OnPreferencesChanged;
    }

    protected override void OnInitialized()
    {
        Navigation.LocationChanged += OnLocationChanged;
        Preferences.Changed += OnPreferencesChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Preferences.LoadAsync();
            await Time.InitializeAsync();
        }
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => InvokeAsync(() =>
    {
        _boundary?.Recover();
        StateHasChanged();
    });

    private void OnPreferencesChanged() => InvokeAsync(StateHasChanged);
}
