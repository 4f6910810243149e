using System.Text.RegularExpressions;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Containment;

/// <summary>Whether texts match patterns, as far as that can be told: neither answer is given for a pattern that is none, or that takes too long.</summary>
internal static class NameMatch
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(50);

    /// <summary>It does, for certain.</summary>
    public static bool Matches(string text, string pattern) => Try(text, pattern) == true;

    /// <summary>It is not certain that it does not.</summary>
    public static bool MayMatch(string text, string pattern) => Try(text, pattern) != false;

    private static bool? Try(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, s_longest);
        }
        catch (Exception error) when (error is ArgumentException or RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
