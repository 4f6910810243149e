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

    [Inject]
    public required HostStatusService Statuses { get; init; }

    [Inject]
    public required ErrorPresenter Errors { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IStringLocalizer<HostsText> L { get; init; }

    protected override TimeSpan PollInterval => TimeSpan.FromSeconds(10);

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "hosts";

    private static string HeadingId(HostStatusDocument host) => "host-" + host.Host;

    private bool IsStale(DateTimeOffset contact) => Clock.GetUtcNow() - contact > s_stale;

    private string PhaseText(string phase) => phase switch
    {
        Phases.Staging => L["PhaseStaging"],
        Phases.Grey => L["PhaseGrey"],
        Phases.Production => L["PhaseProduction"],
        Phases.Retired => L["PhaseRetired"],
        _ => phase,
    };
}
