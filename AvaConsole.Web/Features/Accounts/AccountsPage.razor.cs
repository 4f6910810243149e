using AvaConsole.Core.Accounts;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Accounts;

// Inside the namespace: AvaConsole.Web.Account would be found first.
using Account = AvaConsole.Core.Accounts.Account;

/// <summary>Who may sign in, and as what.</summary>
public sealed partial class AccountsPage : IDisposable
{
    private readonly CancellationTokenSource _cts = new();
    private IReadOnlyList<Account>? _accounts;
    private bool _allowed;
    private Guid _me;

    [Inject]
    public required AccountService Accounts { get; init; }

    [Inject]
    public required CurrentActor Actor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Inject]
    public required IStringLocalizer<AccountsText> L { get; init; }

    [Inject]
    public required IStringLocalizer<LayoutText> Layout { get; init; }

    [Inject]
    public required IStringLocalizer<SharedText> Shared { get; init; }

    [SupplyParameterFromQuery(Name = "create")]
    public string? Create { get; set; }

    [SupplyParameterFromQuery(Name = "edit")]
    public string? Edit { get; set; }

    public void Dispose()
    {
        _cts.Cancel();
        _cts.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        var actor = await Actor.GetAsync();
        (_me, _allowed) = (actor.AccountId, actor.Can(Permission.Administer));
        await LoadAsync();
    }

    private async Task LoadAsync() => _accounts = _allowed ? await Accounts.ListAsync(_cts.Token) : [];

    private async Task OnCreatedAsync(Account account)
    {
        Toaster.Success(L["CreatedToast", account.UserName ?? ""]);
        await ShowListAsync();
    }

    private async Task OnSavedAsync(Account account)
    {
        Toaster.Success(L["RolesToast", account.UserName ?? ""]);
        await ShowListAsync();
    }

    private async Task ShowListAsync()
    {
        await LoadAsync();
        Navigation.NavigateTo(AccountsUrls.List());
    }

    private async Task SetDisabledAsync(Account account)
    {
        var name = account.UserName ?? "";
        if (!account.Disabled && !await Confirm.AskAsync(L["DisableTitle", name], L["DisableText"], L["Disable"], danger: true))
        {
            return;
        }

        var result = await Accounts.SetDisabledAsync(account.Id, !account.Disabled, await Actor.GetAsync(), _cts.Token);
        if (result.Error is { } error)
        {
            Toaster.Error(error);
            return;
        }

        Toaster.Success(account.Disabled ? L["EnabledToast", name] : L["DisabledToast", name]);
        await LoadAsync();
    }
}
