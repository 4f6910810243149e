using AvaConsole.Core.Common;
using AvaConsole.Core.Images;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Releases;

/// <summary>Makes a draft of a release, or edits one.</summary>
public sealed partial class ReleaseEditPage
{
    private App? _app;
    private Release? _release;
    private ReleaseForm? _form;
    private List<(string Value, string Text)> _apiVersions = [];
    private Error? _loadError;
    private Error? _error;
    private Error? _versionError;
    private readonly TypingPause _pause = new();
    private VersionNameVerdict? _version;
    private bool _checking;
    private readonly Guid _page = Guid.NewGuid();
    private bool _busy;
    private bool _dirty;

    [Inject]
    public required IStringLocalizer<ReleasesText> L { get; init; }

    [Inject]
    public required IStringLocalizer<NamesText> N { get; init; }

    [Inject]
    public required AppService Apps { get; init; }

    [Inject]
    public required ReleaseService Releases { get; init; }

    [Inject]
    public required SchemaService Schemas { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Inject]
    public required ImagePins Pins { get; init; }

    [Inject]
    public required NamingService Naming { get; init; }

    [Parameter]
    public string Command { get; set; } = "";

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>A release to start from.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public Guid? From { get; set; }

    private string Title => Id == Guid.Empty ? L["NewReleaseOf", Command] : L["EditReleaseOf", _release?.Version ?? ""];

    private string ApiHint => _app?.ApiId is null ? L["ApiVersionNoApi"] : _apiVersions.Count == 1 ? L["ApiVersionNone"] : L["ApiVersionHint"];

    private string? FilesProblem => _form!.HasDuplicateFiles ? L["FileTwice"].Value
        : _form.HasUnnamedFiles ? L["FileUnnamed"].Value
        : Presenter.For(_error, "CustomFiles");

    private string? ValuesProblem => JsonProblem.Find(_form!.CustomValues) switch
    {
        null => null,
        { Line: 0 } => L["ValuesNotObject"].Value,
        var at => L["ValuesNotJson", at.Line, at.Column].Value,
    };

    private IReadOnlyList<(string Label, string Name)> Shown => _version is { Name.Length: > 0 } version ? [(L["VersionName"].Value, version.Name)] : [];

    private VersionNameQuery NameQuery => _form!.ToNameQuery(_app!.Id, Id == Guid.Empty ? null : Id);

    protected override TimeSpan PollInterval => NameReservations.RenewEvery;

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (await LoadReleaseAsync(Id == Guid.Empty ? From : Id) is { } error)
        {
            _loadError = error;
            return;
        }

        var app = await Apps.GetAsync(_release?.App.Command ?? Command, Token);
        if (!app.IsSuccess)
        {
            _loadError = app.Error;
            return;
        }

        await FillAsync(app.Value);
    }

    /// <summary>The version stays this page's while it is open.</summary>
    protected override async Task RefreshAsync()
    {
        if (_form?.Version is not null && !await Naming.RenewAsync(_page, Token))
        {
            // It was away for too long, and somebody else may have the name now; or it is the draft's own.
            await ProposeAsync();
        }
    }

    protected override async ValueTask DisposePageAsync()
    {
        _pause.Dispose();
        await Naming.ReleaseAsync(_page, CancellationToken.None);
    }

    private async Task<Error?> LoadReleaseAsync(Guid? id)
    {
        if (id is not { } wanted)
        {
            return null;
        }

        var found = await Releases.GetAsync(wanted, Token);
        _release = found.Value;
        return found.Error ?? (Id != Guid.Empty && found.Value!.State != ReleaseState.Draft ? new ConflictError("release.immutable", found.Value.Version) : null);
    }

    private async Task FillAsync(App app)
    {
        var form = _release is null ? new ReleaseForm() : ReleaseForm.From(_release, keepVersion: Id != Guid.Empty);
        _apiVersions = [("", L["NoApiVersion"].Value)];
        if (app.ApiId is { } apiId && (await Schemas.GetAsync(apiId, Token)).Value is { } api)
        {
            _apiVersions.AddRange(api.Versions.Select(version => (version.Id.ToString(), $"{api.Name} {version.Version}")));
            form.ApiVersionId = form.ApiVersionId.Length > 0 ? form.ApiVersionId : api.Versions.FirstOrDefault()?.Id.ToString() ?? "";
        }

        (_app, _form) = (app, form);
        if (form.Image.Length > 0)
        {
            await LookUpAsync();
        }
    }

    private void Set(Action change)
    {
        change();
        _dirty = true;
    }

    private void SetPackage(ModelPackage? package) => Set(() => _form!.Package = package);

    private async Task SetImageAsync(string image)
    {
        Set(() => _form!.Image = image);
        _checking = true;
        if (await _pause.IsOverAsync())
        {
            await LookUpAsync();
        }
    }

    private async Task ChangeVersionAsync()
    {
        (_dirty, _checking) = (true, true);
        if (await _pause.IsOverAsync())
        {
            await ProposeAsync();
        }
    }

    /// <summary>Its schema is among the keys that are shown.</summary>
    private Task SetApiVersionAsync(string id)
    {
        Set(() => _form!.ApiVersionId = id);
        return ProposeAsync();
    }

    /// <summary>What the catalogue knows of the image, and then the version that it gives: saving waits for both.</summary>
    private async Task LookUpAsync()
    {
        var image = _form!.Image;
        var pin = ImageReference.TryParse(image.Trim(), out var reference) ? await Pins.FindAsync(reference, Token) : null;
        if (_form.Image == image)
        {
            _form.Pin = pin;
            await ProposeAsync();
        }
    }

    private async Task ProposeAsync()
    {
        if (_form!.Image.Trim().Length == 0)
        {
            (_form.Version, _version, _versionError, _checking) = (null, null, null, false);
            return;
        }

        var query = NameQuery;
        var result = await Naming.CheckVersionAsync(query, new NameHolder(_page, Actor!.Name), Token);
        if (query == NameQuery)
        {
            (_version, _versionError, _checking) = (result.Value, result.Error, false);
            (_form.Version, _form.VersionNeedsReason) = (_version is { Problems: [] } ? _version.Version : null, _version?.NeedsReason ?? false);
        }
    }

    private async Task SaveAsync()
    {
        if (_form!.ToRequest() is not { } request || _busy)
        {
            return;
        }

        _busy = true;
        request = request with { Page = _page };
        var result = Id == Guid.Empty
            ? await Releases.CreateAsync(_app!.Id, request, Actor!, Token)
            : await Releases.UpdateAsync(Id, request, _release!.Revision, Actor!, Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            _dirty = false;
            Toaster.Success(L["ReleaseSaved", result.Value.Version]);
            Navigation.NavigateTo(ReleaseUrls.Details(result.Value.Id));
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
