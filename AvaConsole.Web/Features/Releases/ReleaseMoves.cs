using AvaConsole.Core.Configuration;

namespace AvaConsole.Web.Features.Releases;

/// <summary>What can be proposed for a release; the values of its page's <c>move</c> query.</summary>
public static class ReleaseMoves
{
    public const string Submit = "submit";
    public const string Grey = Phases.Grey;
    public const string Production = Phases.Production;
    public const string Rollback = "rollback";
}
