using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Changes;

public sealed partial class ChangeListPage
{
    private const int Limit = 200;

    private IReadOnlyList<ChangePlan>? _plans;
    private List<ChangePlan> _mine = [];
    private List<ChangePlan> _others = [];
    private ChangeState? _state;

    [Inject]
    public required IStringLocalizer<ChangesText> L { get; init; }

    [Inject]
    public required ChangeService Changes { get; init; }

    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    protected override TimeSpan PollInterval => TimeSpan.FromSeconds(10);

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "change";

    protected override Task OnParametersSetAsync()
    {
        _state = ChangeStates.Parse(State);
        return RefreshAsync();
    }

    protected override async Task RefreshAsync()
    {
        var plans = await Changes.ListAsync(_state, null, Limit, Token);
        var mine = new List<ChangePlan>();
        foreach (var plan in plans.Where(plan => plan.State == ChangeState.AwaitingApproval && Can(Permission.Approve)))
        {
            // Four eyes or one person: the service knows which rule holds.
            if ((await Changes.CanDecideAsync(plan.Id, Actor!, Token)).IsSuccess)
            {
                mine.Add(plan);
            }
        }

        (_plans, _mine, _others) = (plans, mine, [.. plans.Except(mine)]);
    }
}
