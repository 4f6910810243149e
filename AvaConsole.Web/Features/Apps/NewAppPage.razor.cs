using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apps;

/// <summary>Makes an app. Its names are held for this page while it is open, and what is typed outlives it.</summary>
public sealed partial class NewAppPage
{
    private readonly Guid _page = Guid.NewGuid();
    private readonly TypingPause _pause = new();
    private AppForm _form = new();
    private KeptForm<AppForm>? _kept;
    private AppNameVerdict? _names;
    private IReadOnlyList<ApiSummary>? _apis;
    private List<(string Value, string Text)> _owners = [];
    private Error? _error;
    private bool _checking;
    private bool _busy;
    private bool _dirty;
    private bool _restored;

    [Inject]
    public required IStringLocalizer<AppsText> L { get; init; }

    [Inject]
    public required IStringLocalizer<NamesText> N { get; init; }

    [Inject]
    public required AppService Apps { get; init; }

    [Inject]
    public required NamingService Naming { get; init; }

    [Inject]
    public required SchemaService Schemas { get; init; }

    [Inject]
    public required AccountService Accounts { get; init; }

    [Inject]
    public required BrowserModule Browser { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    protected override TimeSpan PollInterval => NameReservations.RenewEvery;

    private bool CanCreate => !_checking && _names is { Problems: [] } && (!_names.NeedsReason || !string.IsNullOrWhiteSpace(_form.NameReason)) && _form.ToRequest() is not null;

    private IReadOnlyList<(string Label, string Name)> Shown => _form.Command.Length == 0 ? []
        : _names is { Instance.Length: > 0 } names && !_checking
            ? [(L["NameInKeys"].Value, names.Name), (L["NameOfInstance"].Value, names.Instance)]
            : [(L["NameInKeys"].Value, _form.Command)];

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _owners = [.. (await Accounts.ListAsync(Token)).Where(account => !account.Disabled).Select(account => (account.Id.ToString(), account.UserName ?? ""))];
        var apis = await Schemas.ListAsync(null, Token);
        Begin(apis);
        _kept = new KeptForm<AppForm>(Browser, $"new-app/{Actor!.AccountId:n}");
        if (await _kept.ReadAsync() is { Command.Length: > 0 } kept)
        {
            (_form, _restored, _dirty) = (kept, true, true);
            await CheckAsync();
        }

        _apis = apis;
    }

    /// <summary>The names stay this page's while it is open.</summary>
    protected override async Task RefreshAsync()
    {
        if (_names is { Problems: [] } && _form.Command.Length > 0 && !await Naming.RenewAsync(_page, Token))
        {
            await CheckAsync();
        }
    }

    protected override async ValueTask DisposePageAsync()
    {
        _pause.Dispose();
        await Naming.ReleaseAsync(_page, CancellationToken.None);
    }

    private void Begin(IReadOnlyList<ApiSummary> apis) => _form = new AppForm { OwnerId = Actor!.AccountId.ToString(), ApiId = apis is [var only] ? only.Id.ToString() : "" };

    private async Task ChangeAsync()
    {
        (_dirty, _checking) = (true, true);
        if (await _pause.IsOverAsync())
        {
            await CheckAsync();
        }
    }

    private async Task CheckAsync()
    {
        await KeepAsync();
        var query = _form.ToNameQuery();
        var names = query.Command.Length == 0 ? null : await Naming.CheckAppAsync(query, new NameHolder(_page, Actor!.Name), Token);
        if (query == _form.ToNameQuery())
        {
            (_names, _checking) = (names, false);
        }
    }

    private async Task UseFreeAsync()
    {
        _names = await Naming.TakeFreeAppAsync(_form.ToNameQuery(), new NameHolder(_page, Actor!.Name), Token);
        (_form.Command, _checking, _dirty, _error) = (_names.Name, false, true, null);
        await KeepAsync();
    }

    // A secret is typed once more rather than kept in a browser.
    private async Task KeepAsync()
    {
        if (_kept is not null && _dirty)
        {
            await _kept.WriteAsync(_form.WithoutSecret());
        }
    }

    private async Task DiscardAsync()
    {
        await _kept!.ForgetAsync();
        Begin(_apis!);
        (_restored, _dirty, _names) = (false, false, null);
        await Naming.ReleaseAsync(_page, Token);
    }

    private async Task CreateAsync()
    {
        if (_form.ToRequest() is not { } request || _busy)
        {
            return;
        }

        _busy = true;
        var result = await Apps.CreateAsync(request with { Page = _page }, Actor!, Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            _dirty = false;
            await _kept!.ForgetAsync();
            Navigation.NavigateTo(AppUrls.Details(result.Value.Command));
        }
        else
        {
            // Somebody may have been quicker: the names are judged as they are now.
            await CheckAsync();
        }
    }

    private async Task OnLeavingAsync(LocationChangingContext context)
    {
        if (!_dirty)
        {
            return;
        }

        if (!await Confirm.AskAsync(L["LeaveTitle"], L["LeaveText"], L["LeaveVerb"], danger: true))
        {
            context.PreventNavigation();
            return;
        }

        await _kept!.ForgetAsync();
    }
}
