using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Core.Schemas.Versions;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Apis;

/// <summary>One draft: its form, its code, what is wrong with it, and who else is at it. What the browser reports is in the other part.</summary>
public sealed partial class ApiDesignerPage
{
    /// <summary>What is derived from the draft (findings, comparisons) follows this long after the last edit, off the way of the next key stroke.</summary>
    public static readonly TimeSpan SettleAfter = TimeSpan.FromMilliseconds(250);

    // Whoever types on and on wants to see them, too.
    private static readonly TimeSpan s_settleWithin = TimeSpan.FromSeconds(1);

    private readonly Guid _pageId = Guid.CreateVersion7();
    private DraftSession? _session;
    private ApiSchema _settled = new();
    private FieldTexts _problems = FieldTexts.None;
    private LintSettings? _lintSettings;
    private IReadOnlyList<LintFinding> _findings = [];
    private IReadOnlyList<PresentPerson> _people = [];
    private ITimer? _settling;
    private DateTimeOffset? _unsettledSince;
    private (string, string) _heading;
    private bool _refused;
    private Error? _error;
    private Error? _actionError;
    private string? _created;
    private bool _creating;

    [Inject]
    public required IStringLocalizer<ApisText> L { get; init; }

    [Inject]
    public required IStringLocalizer<DesignerText> D { get; init; }

    [Inject]
    public required VersionService Versions { get; init; }

    [Inject]
    public required LintSettingsService LintRules { get; init; }

    [Inject]
    public required DraftStore Drafts { get; init; }

    [Inject]
    public required DraftPresence Presence { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "version")]
    public string? Version { get; set; }

    [SupplyParameterFromQuery(Name = "compare")]
    public string? Compare { get; set; }

    // Other consoles do not say when they save, and people leave without a word.
    protected override TimeSpan PollInterval => TimeSpan.FromSeconds(3);

    private DraftEditor Editor => _session!.Editor;

    private bool CanEdit => Can(Permission.DesignApi);

    /// <summary>The draft's number is a version already; the panel of the next version says which number is free.</summary>
    private bool IsTaken => _session!.Api.Versions.Any(version => version.Version == Editor.Schema.Version);

    private string Title => string.IsNullOrWhiteSpace(_session?.Editor.Schema.Service) ? L["Unnamed"] : Editor.Schema.Service;

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic is "api" or "presence" && happened.Id == Id && happened.Page != _pageId;

    protected override async Task OnParametersSetAsync()
    {
        if (_session?.Id == Id)
        {
            return;
        }

        await CloseDraftAsync();
        var open = await Drafts.OpenAsync(Id, Token);
        if (!open.IsSuccess)
        {
            _error = open.Error;
            return;
        }

        _error = null;
        _session = new DraftSession(open.Value, Actor!, _pageId, Drafts, InvokeAsync, Clock, Loggers);
        Editor.Changed += OnEdited;
        _session.Saver.Changed += OnSaverChanged;
        _session.Joined += StateHasChanged;
        _settling = Clock.CreateTimer(_ => _ = InvokeAsync(SettleAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await SettleAsync();
        Wake();
        Presence.Announce(Id);
    }

    /// <summary>Somebody may have saved, come, gone, or moved on to another field.</summary>
    protected override async Task RefreshAsync()
    {
        if (_session is null || Actor is null)
        {
            return;
        }

        var pulse = await Presence.BeatAsync(Id, _pageId, Actor.Name, _field, Token);
        _people = pulse.Others;
        await _session.CatchUpAsync(pulse, Token);
    }

    protected override async ValueTask DisposePageAsync()
    {
        if (_session is not null)
        {
            await CloseDraftAsync();
            await Presence.LeaveAsync(Id, _pageId, CancellationToken.None);
        }

        await LeaveBrowserAsync();
    }

    private async Task CloseDraftAsync()
    {
        if (_settling is not null)
        {
            await _settling.DisposeAsync();
        }

        if (_session is not null)
        {
            Editor.Changed -= OnEdited;
            _session.Joined -= StateHasChanged;
            await _session.DisposeAsync();
            _session = null;
        }
    }

    private void OnEdited()
    {
        var now = Clock.GetUtcNow();
        var left = (_unsettledSince ??= now) + s_settleWithin - now;
        _settling?.Change(TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, SettleAfter.Ticks)), Timeout.InfiniteTimeSpan);
        // Its parts listen themselves; of an edit the page shows no more than this.
        if (_heading != (_heading = (Editor.Schema.Service, Editor.Schema.Version)))
        {
            StateHasChanged();
        }
    }

    private async Task SettleAsync()
    {
        if (_session is null)
        {
            return;
        }

        _unsettledSince = null;
        _session.Review();
        _settled = Editor.Schema;
        var schema = _settled;
        _lintSettings = await LintRules.GetAsync(schema.Group, schema.Project, Token);
        var findings = await Task.Run(() => SchemaLint.Check(schema, _lintSettings), Token);
        // A slow answer about an earlier state must not stand over a later one.
        if (ReferenceEquals(schema, _settled))
        {
            _findings = findings;
            _problems = new FieldTexts(Presenter.Problems(new InvalidError(SchemaLint.Errors(_findings))));
            StateHasChanged();
        }
    }

    private void OnSaverChanged()
    {
        // Only a refusal is shown outside of the save state's own text.
        if (_refused != (_session!.Saver.State == SaveState.Refused))
        {
            _refused = !_refused;
            StateHasChanged();
        }
    }

    private void Fix(LintFinding finding)
    {
        if (CanEdit && finding.Fixed is { } mend)
        {
            Editor.Replace(new EditLabel("Fixed", finding.Field), mend(Editor.Schema));
        }
    }

    private void FixAll()
    {
        var count = _findings.Count(finding => finding.Fixed is not null);
        if (CanEdit)
        {
            Editor.Replace(EditLabel.Rows("Fixed", count), SchemaLint.FixAll(Editor.Schema, _lintSettings));
        }
    }

    /// <param name="reason">Why the number is smaller than the changes call for; empty where it is not.</param>
    private async Task CreateVersionAsync(string reason)
    {
        var version = Editor.Schema.Version;
        if (!await Confirm.AskAsync(L["CreateVersionTitle", version, Title], L["CreateVersionText"], L["CreateVersion", version]))
        {
            return;
        }

        _creating = true;
        await _session!.Saver.FlushAsync(Token);
        if (_session.Saver.State == SaveState.Saved)
        {
            var result = await Versions.CreateAsync(Id, Editor.BaseRevision, reason, Actor!, Token);
            _actionError = result.Error;
            if (result.IsSuccess)
            {
                _created = result.Value.Version;
                Wake();
            }
        }

        _creating = false;
    }

    private void ContinueWith(string version)
    {
        _created = null;
        Editor.Edit(EditLabel.Changed("Member_Version"), schema => schema with { Version = version });
    }

    private async Task OnLeavingAsync(LocationChangingContext context)
    {
        var stays = new Uri(Navigation.ToAbsoluteUri(context.TargetLocation).ToString()).AbsolutePath == new Uri(Navigation.Uri).AbsolutePath;
        if (stays || !_session!.Saver.IsDirty)
        {
            return;
        }

        await _session.Saver.FlushAsync(context.CancellationToken);
        if (_session.Saver.IsDirty && !await Confirm.AskAsync(L["LeaveTitle"], L["LeaveText"], L["LeaveVerb"], danger: true))
        {
            context.PreventNavigation();
        }
    }
}
