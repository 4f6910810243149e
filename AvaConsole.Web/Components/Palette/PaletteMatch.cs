using System.Globalization;

namespace AvaConsole.Web.Components.Palette;

/// <summary>How well a command answers what was typed. Every word must occur; the start of a word counts more than its middle.</summary>
public static class PaletteMatch
{
    private const CompareOptions Loose = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace | CompareOptions.IgnoreWidth;
    private const int InHint = 10;
    private const int InMiddle = 20;
    private const int AtWord = 40;
    private const int AtStart = 60;

    /// <returns>0 where it does not match; more is better.</returns>
    public static int Score(PaletteCommand command, string query)
    {
        var total = 1;
        foreach (var word in query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var score = Math.Max(InTitle(command.Title, word), Contains(command.Hint + " " + command.Keywords, word) ? InHint : 0);
            if (score == 0)
            {
                return 0;
            }

            total += score;
        }

        return total;
    }

    private static int InTitle(string title, string word)
    {
        var at = Compare.IndexOf(title, word, Loose);
        return at switch
        {
            < 0 => 0,
            0 => AtStart,
            _ => char.IsLetterOrDigit(title[at - 1]) ? InMiddle : AtWord,
        };
    }

    private static bool Contains(string text, string word) => Compare.IndexOf(text, word, Loose) >= 0;

    private static CompareInfo Compare => CultureInfo.CurrentCulture.CompareInfo;
}
