using System.Globalization;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apps;

/// <summary>The worker document that holds for an app, and the plan that gives the app one of its own, edits it or takes it away.</summary>
public sealed partial class WorkerPanel
{
    private WorkerLayers? _layers;
    private WorkerForm _form = new();
    private PlanPreview? _preview;
    private Error? _error;
    private string _reason = "";
    private bool _open;
    private bool _removing;
    private bool _busy;

    [Inject]
    public required IStringLocalizer<AppsText> L { get; init; }

    [Inject]
    public required IStringLocalizer<SharedText> Shared { get; init; }

    [Inject]
    public required WorkerService Workers { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    /// <summary>The app's command.</summary>
    [Parameter, EditorRequired]
    public required string App { get; set; }

    /// <summary>Milliseconds that the form is opened with, for whoever may propose them.</summary>
    [SupplyParameterFromQuery(Name = "delay")]
    public string? Delay { get; set; }

    private bool HasOwn => _layers?.App is { Exists: true };

    private bool CanPropose => Can(Permission.Release) && _layers is { Pending: null };

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "change";

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        await RefreshAsync();
        if (!string.IsNullOrEmpty(Delay) && CanPropose)
        {
            Edit();
            _form.Delay = Delay;
        }
    }

    protected override async Task RefreshAsync()
    {
        var result = await Workers.GetAsync(App, null, Token);
        _layers = result.Value ?? _layers;
        if (!_open)
        {
            _error = result.Error;
        }
    }

    private static bool IsOwn(WorkerLayers layers) => layers.Effective.SourceKey is { } key && key == layers.App?.Key;

    private static IEnumerable<string> Unreadable(WorkerLayers layers) =>
        ((WorkerLayer?[])[layers.App, layers.Global]).OfType<WorkerLayer>().Where(layer => layer is { Exists: true, Document: null }).Select(layer => layer.Key);

    private string LayerName(WorkerLayers layers) => layers.Effective.SourceKey is null
        ? L["WorkerBuiltIn"]
        : IsOwn(layers) ? L["WorkerFromApp"] : L["WorkerFromGlobal"];

    private (string Member, string Label, string Value, long Raw)[] Rows(WorkerDocument document) =>
    [
        ("delay4batch", L["WorkerDelay"], L["WorkerMilliseconds", WorkerForm.Milliseconds(document.Delay4Batch)], document.Delay4Batch),
        ("max_concurrent", L["WorkerConcurrent"], L["WorkerRequests", Math.Max(1, document.MaxConcurrent)], document.MaxConcurrent),
        ("timeout", L["WorkerTimeout"], L["WorkerSeconds", WorkerForm.Seconds(document.Timeout)], document.Timeout),
    ];

    private string Hint(long? nanoseconds) => nanoseconds is { } raw ? L["WorkerNanoseconds", raw.ToString(CultureInfo.InvariantCulture)] : "";

    private string? FieldError(long? value, string field) => value is null ? L["WorkerNotNumber"] : Presenter.For(_error, field);

    private void Edit()
    {
        Close();
        _form = WorkerForm.From(_layers!.App?.Document ?? _layers.Effective.Document);
        _open = true;
    }

    private Task RemoveAsync()
    {
        Close();
        (_open, _removing) = (true, true);
        return PreviewAsync();
    }

    private void Close() => (_open, _removing, _preview, _error, _reason) = (false, false, null, null, "");

    // A plan that is shown is the plan of what stands in the fields.
    private void Set(Action set)
    {
        set();
        (_preview, _error) = (null, null);
    }

    private async Task PreviewAsync()
    {
        var request = _removing ? null : _form.ToRequest();
        if (_busy || (request is null && !_removing))
        {
            return;
        }

        _busy = true;
        var result = await Workers.PreviewAsync(App, request, Actor!, Token);
        (_busy, _preview, _error) = (false, result.Value, result.Error);
    }

    private async Task ProposeAsync()
    {
        var request = _removing ? null : _form.ToRequest();
        if (_busy || _preview is not { } shown)
        {
            return;
        }

        _busy = true;
        var result = await Workers.ProposeAsync(App, request, _reason.Trim(), shown.ContentHash, Actor!, Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            Close();
            Toaster.Success(L["WorkerProposed", result.Value.Number]);
            await RefreshAsync();
        }
    }
}
