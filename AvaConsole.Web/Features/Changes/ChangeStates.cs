using AvaConsole.Core.Changes;

namespace AvaConsole.Web.Features.Changes;

/// <summary>States of a change as they stand in addresses.</summary>
public static class ChangeStates
{
    /// <summary>For example <c>awaiting-approval</c>.</summary>
    public static string Name(ChangeState state) => state switch
    {
        ChangeState.AwaitingApproval => "awaiting-approval",
        ChangeState.Approved => "approved",
        ChangeState.Applying => "applying",
        ChangeState.Applied => "applied",
        ChangeState.Rejected => "rejected",
        ChangeState.Withdrawn => "withdrawn",
        _ => "conflicted",
    };

    /// <summary>What a plan is about; empty for all apps.</summary>
    public static string Subject(ChangePlan plan) => plan.Subject.Length > 0 ? plan.Subject : $"{plan.App?.Command} {plan.Release?.Version}".Trim();

    /// <summary>Unknown names filter nothing.</summary>
    public static ChangeState? Parse(string? name)
    {
        foreach (var state in Enum.GetValues<ChangeState>())
        {
            if (Name(state) == name)
            {
                return state;
            }
        }

        return null;
    }
}
