using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Settings;

/// <summary>What is decided for everybody, what is my own taste, and what runs here.</summary>
public sealed partial class SettingsPage : IDisposable
{
    private readonly CancellationTokenSource _cts = new();
    private ApprovalMode? _mode;
    private Error? _error;
    private bool _admin;

    [Inject]
    public required AccountService Accounts { get; init; }

    [Inject]
    public required CurrentActor Actor { get; init; }

    [Inject]
    public required AboutFacts About { get; init; }

    [Inject]
    public required ViewPreferences Preferences { get; init; }

    [Inject]
    public required ErrorPresenter Errors { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Inject]
    public required IStringLocalizer<SettingsText> L { get; init; }

    public void Dispose()
    {
        Preferences.Changed -= OnPreferencesChanged;
        _cts.Cancel();
        _cts.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Preferences.Changed += OnPreferencesChanged;
        _admin = (await Actor.GetAsync()).Can(Permission.Administer);
        _mode = await Accounts.GetApprovalModeAsync(_cts.Token);
    }

    private async Task SetModeAsync(ApprovalMode mode)
    {
        var before = _mode;

        // Shown at once: the radio button has moved already. Taken back below where the answer is no.
        _mode = mode;
        if (!await Confirm.AskAsync(L["Confirm" + mode], L["ConfirmText" + mode], L["Change"], danger: mode == ApprovalMode.Solo))
        {
            _mode = before;
            return;
        }

        var result = await Accounts.SetApprovalModeAsync(mode, await Actor.GetAsync(), _cts.Token);
        _error = result.Error;
        if (result.IsSuccess)
        {
            Toaster.Success(L["Saved"]);
        }
        else
        {
            _mode = before;
        }
    }

    private Task SetSingleKeysAsync(ChangeEventArgs e) => Preferences.UpdateAsync(current => current with { SingleKeyShortcuts = e.Value is true });

    private void OnPreferencesChanged() => InvokeAsync(StateHasChanged);
}
