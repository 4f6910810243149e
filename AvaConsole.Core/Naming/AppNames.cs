using System.Text.RegularExpressions;

namespace AvaConsole.Core.Naming;

/// <summary>The two names of an app: the command <c>foo</c>, which all serving logic uses, and the instance <c>ava-foo</c>.</summary>
public static partial class AppNames
{
    public const string InstancePrefix = "ava-";

    /// <summary>AVA's release service takes commands of 4–20 characters: a lower-case letter, then letters, digits, <c>_</c>, <c>-</c>.</summary>
    public const string CommandPattern = "^[a-z][a-z0-9_-]{3,19}$";

    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal) { "default", "release", "metadata", "worker", "model" };

    public static string InstanceName(string command) => InstancePrefix + command;

    public static bool IsCommand(string? value) => value is not null && CommandRegex().IsMatch(value);

    /// <summary>Words with a meaning of their own in the key tree.</summary>
    public static bool IsReserved(string value) => s_reserved.Contains(value);

    [GeneratedRegex(CommandPattern, RegexOptions.CultureInvariant)]
    private static partial Regex CommandRegex();
}
