using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Releases;

/// <summary>How the moves of a release are called.</summary>
public static class MoveTexts
{
    public static string Verb(IStringLocalizer<ReleasesText> texts, string move) => move switch
    {
        ReleaseMoves.Submit => texts["Submit"],
        ReleaseMoves.Rollback => texts["RollBackTo"],
        _ => texts["PromoteTo_" + move],
    };
}
