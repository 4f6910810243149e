using System.Globalization;

namespace AvaConsole.Core.Changes;

internal static class ChangeNames
{
    /// <summary>As the audit log calls it: <c>#12</c>.</summary>
    public static string Of(ChangePlan plan) => string.Create(CultureInfo.InvariantCulture, $"#{plan.Number}");
}
