using AvaConsole.Core.Images.Catalogue;

namespace AvaConsole.Web.Features.Images.Registries;

/// <summary>How it stands with a registry's index, in the order in which one matters more than the next.</summary>
public enum RegistryState
{
    Running,
    Off,
    Limited,
    Failed,
    Stopped,
    Waiting,
    Partial,
    Trouble,
    Good,
}

public static class RegistryStates
{
    public static RegistryState Of(RegistryInfo info, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(info);
        var (registry, report) = (info.Registry, info.Registry.Refresh);
        if (report.IsRunning(now)) return RegistryState.Running;
        if (!registry.Enabled) return RegistryState.Off;
        if (report.ErrorCode == "registry.rate_limited") return RegistryState.Limited;
        if (IsFailure(report)) return RegistryState.Failed;
        if (report.StartedAt is null) return RegistryState.Waiting;
        if (report.EndedAt is null) return RegistryState.Stopped;
        if (report.ErrorCode.Length > 0) return RegistryState.Partial;
        return info.Failing + info.Dangling + info.Unreadable > 0 ? RegistryState.Trouble : RegistryState.Good;
    }

    /// <summary>A budget that is used up, and an edit in the middle, are no failures.</summary>
    public static bool IsFailure(RefreshReport report) => report.ErrorCode is not ("" or "registry.budget_spent" or "registry.changed_meanwhile");

    /// <summary>As <c>StatusBadge</c> has them.</summary>
    public static string KindOf(RegistryState state) => state switch
    {
        RegistryState.Good => "success",
        RegistryState.Failed => "danger",
        RegistryState.Limited or RegistryState.Trouble or RegistryState.Stopped => "warning",
        RegistryState.Off => "neutral",
        _ => "info",
    };

    public static string? IconOf(RegistryState state) => state switch
    {
        RegistryState.Running => "sync",
        RegistryState.Waiting or RegistryState.Partial => "schedule",
        RegistryState.Limited => "hourglass_top",
        RegistryState.Off => "block",
        _ => null,
    };

    /// <summary>The host that wants to be allowed, where that is what is wrong; empty where not.</summary>
    public static string RealmOf(string code, IReadOnlyList<object?> args) => code == "registry.realm_foreign" && args is [_, string realm] ? realm : "";
}
