using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apps;

public sealed partial class NewAppPage
{
    private readonly AppForm _form = new();
    private IReadOnlyList<ApiSummary>? _apis;
    private List<(string Value, string Text)> _owners = [];
    private List<string> _commands = [];
    private Error? _error;
    private bool _busy;
    private bool _dirty;

    [Inject]
    public required IStringLocalizer<AppsText> L { get; init; }

    [Inject]
    public required AppService Apps { get; init; }

    [Inject]
    public required SchemaService Schemas { get; init; }

    [Inject]
    public required AccountService Accounts { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    private bool CanCreate => AppName.Check(_form.Command, _commands) is null && _form.ToRequest() is not null;

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _owners = [.. (await Accounts.ListAsync(Token)).Where(account => !account.Disabled).Select(account => (account.Id.ToString(), account.UserName ?? ""))];
        _commands = [.. (await Apps.ListAsync(null, Token)).Select(app => app.Command)];
        _form.OwnerId = Actor!.AccountId.ToString();
        _apis = await Schemas.ListAsync(null, Token);
        _form.ApiId = _apis is [var only] ? only.Id.ToString() : "";
    }

    private async Task CreateAsync()
    {
        if (_form.ToRequest() is not { } request || _busy)
        {
            return;
        }

        _busy = true;
        var result = await Apps.CreateAsync(request, Actor!, Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            _dirty = false;
            Navigation.NavigateTo(AppUrls.Details(result.Value.Command));
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
