using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Audit;

/// <summary>Names of actions and areas. An action without a text shows its code: the log never hides a line.</summary>
public static class AuditTexts
{
    /// <summary>Areas in the order of the filter.</summary>
    public static IReadOnlyList<string> Areas { get; } = ["api", "app", "package", "release", "verification", "change", "registry", "recipe", "image_build", "account", "settings"];

    public static string Action(IStringLocalizer<AuditText> texts, string action)
    {
        var text = texts[action];
        return text.ResourceNotFound ? action : text.Value;
    }

    public static string Area(IStringLocalizer<AuditText> texts, string area) => Action(texts, "area." + area);

    /// <summary>Refusals and failures stand out.</summary>
    public static bool IsTrouble(string action) =>
        action.EndsWith(".denied", StringComparison.Ordinal)
        || action.EndsWith("_failed", StringComparison.Ordinal)
        || action is "change.conflicted" or "change.rejected" or "change.approval_lapsed" or "verification.failed";
}
