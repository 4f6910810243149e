using AvaConsole.Core.Accounts;
using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Releases;

/// <summary>The release's benchmarks: one shown, started, watched and compared.</summary>
public sealed partial class BenchmarkPanel
{
    private IReadOnlyList<BenchmarkRun> _runs = [];
    private IReadOnlyList<BenchmarkRun> _comparable = [];
    private BenchmarkForm _form = new();
    private Error? _error;
    private Guid _read;
    private bool _loaded;
    private bool _open;
    private bool _busy;

    [Inject]
    public required IStringLocalizer<BenchmarksText> L { get; init; }

    [Inject]
    public required IStringLocalizer<SharedText> Shared { get; init; }

    [Inject]
    public required BenchmarkService Benchmarks { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required BrowserTime Clock { get; init; }

    [Parameter, EditorRequired]
    public required Release Release { get; set; }

    /// <summary>The run to show; the newest where there is no such run.</summary>
    [SupplyParameterFromQuery(Name = "benchmark")]
    public string? RunId { get; set; }

    /// <summary>The run to compare it with.</summary>
    [SupplyParameterFromQuery(Name = "compare")]
    public string? CompareId { get; set; }

    protected override TimeSpan PollInterval => Running is null ? TimeSpan.FromSeconds(20) : TimeSpan.FromSeconds(2);

    private BenchmarkRun? Shown => _runs.FirstOrDefault(run => run.Id.ToString() == RunId) ?? (_runs.Count > 0 ? _runs[0] : null);

    private BenchmarkRun? Other => Shown is { } shown ? Comparable(shown).FirstOrDefault(run => run.Id.ToString() == CompareId) : null;

    private BenchmarkRun? Running => _runs.FirstOrDefault(run => !run.IsOver);

    private bool CanStart => Can(Permission.Release) && _loaded && Release.PackageId is not null;

    private string ExpectedHint => _form.ToSettings() is { } settings && settings.Check().Count == 0 ? L["Expected", BenchmarkTexts.Duration(L, settings.Expected)] : "";

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "benchmark";

    protected override async Task OnParametersSetAsync()
    {
        if (_read != Release.Id)
        {
            _read = Release.Id;
            await RefreshAsync();
        }
    }

    protected override async Task RefreshAsync()
    {
        _runs = await Benchmarks.ListAsync(Release.Id, Token);
        _comparable = await Benchmarks.ListDoneAsync(Release.AppId, Token);
        _loaded = true;
    }

    private IEnumerable<BenchmarkRun> Comparable(BenchmarkRun shown) => _comparable.Where(run => run.Id != shown.Id);

    private string OptionText(BenchmarkRun run) => $"{run.Release.Version} · {run.Host} · {TimeFormat.Exact(run.CreatedAt, Clock.Zone)}";

    private string ProgressText(BenchmarkRun run) => run switch
    {
        { CancelledBy.Length: > 0 } => L["Cancelling"],
        { State: BenchmarkState.Pending } => L["Waiting", run.Host],
        { Report.Steps: 0 } => L["Loading"],
        _ => L["StepOf", run.Report.StepsDone, run.Report.Steps],
    };

    private string? FieldError(string field) => _form.ToSettings() is not { } settings
        ? L["NotNumbers"]
        : settings.Check().FirstOrDefault(problem => problem.Field == field) is { } problem ? Presenter.Text(problem.Code, problem.Args) : Presenter.For(_error, field);

    private void Set(Action set)
    {
        set();
        _error = null;
    }

    private void Close() => (_open, _error, _form) = (false, null, new BenchmarkForm());

    private void Go(Guid run, string? other) => Navigation.NavigateTo(ReleaseUrls.Benchmark(Release.Id, run, other), replace: true);

    private async Task StartAsync()
    {
        if (_busy || _form.ToSettings() is not { } settings || settings.Check().Count > 0)
        {
            return;
        }

        if (!await Confirm.AskAsync(L["ConfirmTitle", Release.Version], L["ConfirmText", BenchmarkTexts.Duration(L, settings.Expected)], L["Start"]))
        {
            return;
        }

        _busy = true;
        var started = await Benchmarks.StartAsync(Release.Id, settings, Actor!, Token);
        (_busy, _error) = (false, started.Error);
        await RefreshAsync();
        if (started.Value is { } run)
        {
            _open = false;
            Go(run.Id, null);
        }
    }

    private async Task CancelAsync(Guid run)
    {
        _busy = true;
        var result = await Benchmarks.CancelAsync(run, Actor!, Token);
        (_busy, _error) = (false, result.Error);
        await RefreshAsync();
    }
}
