using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apps;

/// <summary>What an app is: shown to everybody, edited by those who manage apps.</summary>
public sealed partial class AboutTab
{
    private AppForm _form = new();
    private IReadOnlyList<ApiSummary>? _apis;
    private List<(string Value, string Text)> _owners = [];
    private Error? _error;
    private bool _busy;
    private bool _dirty;

    [Inject]
    public required IStringLocalizer<AppsText> L { get; init; }

    [Inject]
    public required IStringLocalizer<NamesText> N { get; init; }

    [Inject]
    public required AppService Apps { get; init; }

    [Inject]
    public required SchemaService Schemas { get; init; }

    [Inject]
    public required AccountService Accounts { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Parameter, EditorRequired]
    public required App App { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _form = AppForm.From(App);
        _owners = [.. (await Accounts.ListAsync(Token)).Where(account => !account.Disabled).Select(account => (account.Id.ToString(), account.UserName ?? ""))];
        _apis = await Schemas.ListAsync(null, Token);
    }

    private async Task SaveAsync()
    {
        if (_form.ToRequest() is not { } request || _busy)
        {
            return;
        }

        _busy = true;
        var result = await Apps.UpdateAsync(App.Id, request, Actor!, Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            _dirty = false;
            _form = AppForm.From(result.Value);
            Toaster.Success(L["AppSaved", result.Value.Command]);
            await OnChanged.InvokeAsync();
        }
    }

    private async Task OnLeavingAsync(LocationChangingContext context)
    {
        if (_dirty && !await Confirm.AskAsync(L["LeaveTitle"], L["LeaveText"], L["LeaveVerb"], danger: true))
        {
            context.PreventNavigation();
        }
    }
}
