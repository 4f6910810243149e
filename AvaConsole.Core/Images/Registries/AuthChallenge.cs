using System.Text.RegularExpressions;

namespace AvaConsole.Core.Images.Registries;

/// <summary>How a registry wants to be asked, from <c>WWW-Authenticate</c>: <c>Bearer realm="https://auth.example/token",service="reg.example"</c>.</summary>
/// <param name="Scheme"><c>bearer</c> or <c>basic</c>.</param>
internal sealed partial record AuthChallenge(string Scheme, string Realm, string Service)
{
    public const string Bearer = "bearer";
    public const string Basic = "basic";

    private const int MaxLength = 8192;

    /// <summary>The first challenge that we can meet, a token before a password; null for none.</summary>
    /// <param name="headers">Several challenges may stand in one header, or each in its own.</param>
    public static AuthChallenge? Parse(IEnumerable<string> headers)
    {
        var found = headers.Where(header => header.Length <= MaxLength).SelectMany(ParseAll).ToList();
        return found.Find(challenge => challenge.Scheme == Bearer && challenge.Realm.Length > 0) ?? found.Find(challenge => challenge.Scheme == Basic);
    }

    private static IEnumerable<AuthChallenge> ParseAll(string header)
    {
        string? scheme = null;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in PartRegex().Matches(header))
        {
            if (match.Groups["scheme"] is { Success: true } next)
            {
                if (scheme is not null) yield return Create(scheme, values);
                scheme = next.Value;
                values.Clear();
            }
            else
            {
                values.TryAdd(match.Groups["name"].Value, Unquote(match.Groups["value"].Value));
            }
        }

        if (scheme is not null) yield return Create(scheme, values);
    }

    private static AuthChallenge Create(string scheme, Dictionary<string, string> values) =>
        new(scheme.ToLowerInvariant(), values.GetValueOrDefault("realm", ""), values.GetValueOrDefault("service", ""));

    private static string Unquote(string value) => value is ['"', .. var inner, '"'] ? EscapeRegex().Replace(inner, "$1") : value;

    // A parameter, or a word that is none: a scheme.
    [GeneratedRegex(
        """(?<name>[A-Za-z0-9_-]+)[ \t]*=[ \t]*(?<value>"([^"\\]|\\.)*"|[^\s,"]+)|(?<scheme>[A-Za-z][A-Za-z0-9_-]*)(?=[ \t]|,|\z)""",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartRegex();

    [GeneratedRegex("""\\(.)""", RegexOptions.CultureInvariant)]
    private static partial Regex EscapeRegex();
}
