

// The namespace of the HTTP endpoints has the same name and is nearer.
namespace AvaConsole.Web.Features.Apis;
using Api = AvaConsole.Core.Schemas.Api;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

public sealed partial class ApiDesignerPage
{
    private Api? _api;
    private Api? _theirs;
    private DraftEditor? _editor;
    private DraftSaver? _saver;
    private FieldTexts _problems = FieldTexts.None;
    private Error? _error;
    private Error? _actionError;
    private string? _published;
    private bool _publishing;
    private ElementReference _root;
    private IJSObjectReference? _module;
    private DotNetObjectReference<ApiDesignerPage>? _self;
    private bool _keysAttached;

    [Inject]
    public required IStringLocalizer<ApisText> L { get; init; }

    [Inject]
    public required SchemaService Schemas { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required BrowserModule Browser { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "preview")]
    public string? Preview { get; set; }

    [SupplyParameterFromQuery(Name = "version")]
    public string? Version { get; set; }

    [SupplyParameterFromQuery(Name = "compare")]
    public string? Compare { get; set; }

    private bool CanEdit => Can(Permission.DesignApi);

    private string Title => string.IsNullOrWhiteSpace(_editor?.Schema.Service) ? L["Unnamed"] : _editor.Schema.Service;

    /// <summary>Alt+↑ and Alt+↓ in any field of a row; the field keeps the focus.</summary>
    [JSInvokable]
    public async Task MoveRowAsync(string list, int index, int delta, string fieldId)
    {
        if (_editor is null || !CanEdit || !Enum.TryParse<DraftList>(list, out var rows) || index < 0 || index >= _editor.State.Count(rows))
        {
            return;
        }

        var target = _editor.Move(rows, index, Math.Sign(delta));
        StateHasChanged();
        await Browser.FocusAsync($"[id='{fieldId.Replace($"{rows}-{index}", $"{rows}-{target}", StringComparison.Ordinal)}']");
    }

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "api" && happened.Id == Id;

    protected override async Task OnParametersSetAsync()
    {
        if (_api?.Id == Id)
        {
            return;
        }

        await CloseDraftAsync();
        var result = await Schemas.GetAsync(Id, Token);
        if (!result.IsSuccess)
        {
            _error = result.Error;
            return;
        }

        (_error, _api) = (null, result.Value);
        _editor = new DraftEditor(_api.Draft, _api.DraftRevision);
        _saver = new DraftSaver(_editor, SaveAsync, InvokeAsync, Clock, Loggers.CreateLogger<DraftSaver>());
        _editor.Changed += OnEdited;
        _saver.Changed += OnSaverChanged;
        _saver.Start();
        OnEdited();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_editor is not null && !_keysAttached)
        {
            _keysAttached = true;
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "/Features/Apis/ApiDesignerPage.razor.js");
            await _module.InvokeVoidAsync("attach", _root, _self);
        }
    }

    /// <summary>Somebody may have saved: a newer revision than ours, when ours is settled, is theirs.</summary>
    protected override async Task RefreshAsync()
    {
        if (_saver is null || _editor is null)
        {
            return;
        }

        await _saver.WaitIdleAsync(Token);
        var result = await Schemas.GetAsync(Id, Token);
        if (!result.IsSuccess)
        {
            return;
        }

        _api = result.Value;
        if (_api.DraftRevision > _editor.BaseRevision)
        {
            _theirs = _api;
            _saver.ReportMoved(null);
        }
    }

    protected override async ValueTask DisposePageAsync()
    {
        await CloseDraftAsync();
        _self?.Dispose();
        await _module.SafeDisposeAsync();
    }

    private async Task CloseDraftAsync()
    {
        if (_editor is not null)
        {
            _editor.Changed -= OnEdited;
        }

        if (_saver is not null)
        {
            await _saver.DisposeAsync();
        }
    }

    private Task<Result<int>> SaveAsync(ApiSchema schema, int revision, CancellationToken ct) => Schemas.SaveDraftAsync(Id, schema, revision, Actor!, ct);

    private void OnEdited()
    {
        _problems = new FieldTexts(Presenter.Problems(new InvalidError(SchemaLint.Errors(SchemaLint.Check(_editor!.Schema)))));
        StateHasChanged();
    }

    private void OnSaverChanged()
    {
        if (_saver!.State == SaveState.Moved && _theirs is null)
        {
            Wake();
        }

        StateHasChanged();
    }

    private async Task TakeTheirsAsync()
    {
        // What is shown is taken; whatever came after it is announced again.
        var theirs = _theirs!;
        if (_saver!.IsDirty && !await Confirm.AskAsync(L["TakeTheirsTitle", theirs.UpdatedBy], L["TakeTheirsText"], L["TakeTheirs"], danger: true))
        {
            return;
        }

        _theirs = null;
        _saver.TakeTheirs(theirs.Draft, theirs.DraftRevision);
    }

    private async Task KeepMineAsync()
    {
        var theirs = _theirs!;
        _theirs = null;
        await _saver!.KeepMineAsync(theirs.DraftRevision, Token);
    }

    private async Task PublishAsync()
    {
        var version = _editor!.Schema.Version;
        if (!await Confirm.AskAsync(L["PublishTitle", version, Title], L["PublishText"], L["Publish", version]))
        {
            return;
        }

        _publishing = true;
        await _saver!.FlushAsync(Token);
        if (_saver.State == SaveState.Saved)
        {
            var result = await Schemas.CreateVersionAsync(Id, _editor.BaseRevision, Actor!, Token);
            _actionError = result.Error;
            if (result.IsSuccess)
            {
                _published = result.Value.Version;
                Wake();
            }
        }

        _publishing = false;
    }

    private void ContinueWith(string version)
    {
        _published = null;
        _editor!.Edit(EditLabel.Changed("Member_Version"), schema => schema with { Version = version });
    }

    private async Task JumpAsync(string field) => await Browser.FocusAsync("#" + FieldIds.For(field));

    private void SelectPreview(string tab) => Navigation.NavigateTo(ApiUrls.Details(Id, tab == SchemaPreview.YamlTab ? null : tab, Version, Compare), replace: true);

    private async Task OnLeavingAsync(LocationChangingContext context)
    {
        var stays = new Uri(Navigation.ToAbsoluteUri(context.TargetLocation).ToString()).AbsolutePath == new Uri(Navigation.Uri).AbsolutePath;
        if (stays || !_saver!.IsDirty)
        {
            return;
        }

        await _saver.FlushAsync(context.CancellationToken);
        if (_saver.IsDirty && !await Confirm.AskAsync(L["LeaveTitle"], L["LeaveText"], L["LeaveVerb"], danger: true))
        {
            context.PreventNavigation();
        }
    }
}
