using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Releases;

/// <summary>One release: what it is made of, its evidence, where it is live, and every step of its life.</summary>
public sealed partial class ReleasePage
{
    private Release? _release;
    private string? _phase;
    private IReadOnlyList<ReleaseSummary> _siblings = [];
    private IReadOnlyList<TestCase> _tests = [];
    private Error? _error;
    private bool _starting;
    private bool _actorKnown;

    [Inject]
    public required IStringLocalizer<ReleasesText> L { get; init; }

    [Inject]
    public required ReleaseService Releases { get; init; }

    [Inject]
    public required AppService Apps { get; init; }

    [Inject]
    public required VerificationService Verifications { get; init; }

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>One of <see cref="ReleaseMoves"/>: opens its preview.</summary>
    [SupplyParameterFromQuery(Name = "move")]
    public string? Move { get; set; }

    protected override TimeSpan PollInterval => IsBusy ? TimeSpan.FromSeconds(1.5) : TimeSpan.FromSeconds(10);

    private bool IsBusy =>
        _release is not null && (_release.Verifications.Any(run => !IsOver(run.State)) || _release.Plans.Any(plan => plan.State == ChangeState.Applying));

    private bool HasOpenPlan => _release!.Plans.Any(plan => plan.State is ChangeState.AwaitingApproval or ChangeState.Approved or ChangeState.Applying);

    private bool IsVerified => _release!.Verifications.Any(run => run.State == VerificationState.Passed && run.ContentHash == _release.ContentHash);

    /// <summary>What can be proposed now. One thing at a time: an open plan comes first.</summary>
    private string[] Moves => !Can(Permission.Release) || HasOpenPlan ? [] : (_release!.State, _phase) switch
    {
        (ReleaseState.Draft, _) when IsVerified => [ReleaseMoves.Submit],
        (ReleaseState.Submitted, null) => [ReleaseMoves.Submit],
        (_, Phases.Staging) => [ReleaseMoves.Grey],
        (_, Phases.Grey) => [ReleaseMoves.Production],
        (_, Phases.Retired) => [ReleaseMoves.Rollback],
        _ => [],
    };

    private string? MoveAllowed => Moves.FirstOrDefault(move => move == Move);

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic is "release" or "verification" or "change" or "app";

    protected override async Task OnParametersSetAsync()
    {
        if (_release?.Id != Id)
        {
            _release = null;
            await RefreshAsync();
        }

        _actorKnown = Actor is not null;
    }

    protected override async Task RefreshAsync()
    {
        var result = await Releases.GetAsync(Id, Token);
        if (result.Value is not { } release)
        {
            _error = result.Error;
            return;
        }

        _phase = await Releases.GetPhaseAsync(release.App.Command, release.Version, Token);
        _siblings = await Releases.ListAsync(release.AppId, Token);
        _tests = (await Apps.GetAsync(release.App.Command, Token)).Value?.TestCases ?? [];
        _release = release;
    }

    private static bool IsOver(VerificationState state) => state is VerificationState.Passed or VerificationState.Failed;

    /// <summary>The version that holds the phase which the move leads to, and leaves it.</summary>
    private string? Holder(string move)
    {
        var phase = move == ReleaseMoves.Rollback ? Phases.Production : move;
        return _siblings.FirstOrDefault(sibling => sibling.Phase == phase && sibling.Id != Id)?.Version;
    }

    private async Task StartVerificationAsync()
    {
        _starting = true;
        var result = await Verifications.StartAsync(Id, Actor!, Token);
        (_starting, _error) = (false, result.Error);
        await RefreshAsync();
    }

    private async Task OnProposedAsync()
    {
        await RefreshAsync();
        Navigation.NavigateTo(ReleaseUrls.Details(Id));
    }
}
