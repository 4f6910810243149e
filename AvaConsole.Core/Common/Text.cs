namespace AvaConsole.Core.Common;

/// <summary>Checks of text that a person typed.</summary>
internal static class Text
{
    public const int LongLength = 4000;

    /// <summary>Why a reason or a comment cannot be kept; null where it can.</summary>
    public static InvalidError? Refuse(string field, string? value)
    {
        var problems = new List<Problem>();
        Check(problems, field, value, LongLength);
        return problems.Count > 0 ? new InvalidError(problems) : null;
    }

    /// <summary>Adds a problem where the text is longer than allowed or holds characters that neither a page nor the database can keep.</summary>
    public static void Check(ICollection<Problem> problems, string field, string? value, int maxLength)
    {
        if (value is null)
        {
            return;
        }

        if (value.Length > maxLength)
        {
            problems.Add(new Problem(field, "text.too_long", maxLength));
        }

        if (value.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
        {
            problems.Add(new Problem(field, "text.control_character"));
        }
    }
}
