using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Deployments;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Hosts;

/// <summary>Every inference host with what it serves, as the hosts themselves report it.</summary>
public sealed partial class HostsPage
{
    private const string Cpu = "CPU";

    // The mirror hears of a quiet store at least every few seconds.
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(45);

    private IReadOnlyList<HostSeries>? _series;
    private DateTimeOffset _readAt;
    private (string, string?) _read;

    [Inject]
    public required HostStatusService Statuses { get; init; }

    [Inject]
    public required HostFiguresService Figures { get; init; }

    [Inject]
    public required ErrorPresenter Errors { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IStringLocalizer<HostsText> L { get; init; }

    /// <summary>One of <see cref="HostUrls.Windows"/>.</summary>
    [SupplyParameterFromQuery(Name = "window")]
    public string? Window { get; set; }

    /// <summary>Charts count this app alone.</summary>
    [SupplyParameterFromQuery(Name = "app")]
    public string? AppFilter { get; set; }

    protected override TimeSpan PollInterval => WindowLength > TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(1) : HostFiguresRecorder.Interval;

    private string WindowName => Window is not null && HostUrls.Windows.ContainsKey(Window) ? Window : HostUrls.Windows.Keys.First();

    private TimeSpan WindowLength => HostUrls.Windows[WindowName];

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "hosts";

    protected override async Task OnParametersSetAsync()
    {
        if (_read != (WindowName, AppFilter))
        {
            await ReadAsync();
        }
    }

    /// <summary>States change in bursts, figures only as often as they are written down.</summary>
    protected override Task RefreshAsync() => Clock.GetUtcNow() - _readAt < HostFiguresRecorder.Interval ? Task.CompletedTask : ReadAsync();

    private async Task ReadAsync()
    {
        (_read, _readAt) = ((WindowName, AppFilter), Clock.GetUtcNow());
        _series = await Figures.ReadAsync(WindowLength, string.IsNullOrEmpty(AppFilter) ? null : AppFilter, Token);
    }

    private static string HeadingId(HostStatusDocument host) => "host-" + host.Host;

    private bool IsStale(DateTimeOffset contact) => Clock.GetUtcNow() - contact > s_stale;

    private string PlanText(ModelPlan plan) => string.Join(
        " · ",
        new[]
        {
            L[plan.Threads == 1 ? "PlanRunsOne" : "PlanRuns", plan.Device, plan.Runs, plan.Threads].Value,
            plan.BatchRows > 1 ? L["PlanBatch", plan.BatchRows] : L["PlanAlone"],
            plan.RowMilliseconds is { } row ? L["PlanRow", row.ToString("0.###", CultureInfo.InvariantCulture)] : "",
            plan.RowsPerSecond is { } rate ? L["PlanRate", rate.ToString("#,0", CultureInfo.InvariantCulture)] : "",
        }.Where(part => part.Length > 0));

    private string PhaseText(string phase) => phase switch
    {
        Phases.Staging => L["PhaseStaging"],
        Phases.Grey => L["PhaseGrey"],
        Phases.Production => L["PhaseProduction"],
        Phases.Retired => L["PhaseRetired"],
        _ => phase,
    };
}
