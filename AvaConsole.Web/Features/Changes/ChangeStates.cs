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
