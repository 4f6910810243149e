using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Naming;

/// <summary>The two names of an app: the command <c>foo</c>, which all serving logic uses, and the instance <c>ava-foo</c>, which is deployed.</summary>
public sealed partial record AppName
{
    public const string InstancePrefix = "ava-";

    internal const int MaxCommand = 20;

    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal) { "default", "release", "metadata", "worker", "model" };

    // In front of a name that is taken: nobody's command begins with the other's then.
    private static readonly string[] s_fronts = ["new", "my", "alt", "other"];

    /// <param name="command">Not checked: names that exist are what they are.</param>
    public AppName(string command) => Command = command;

    public string Command { get; }

    /// <summary>As recommended. A label of DNS has no underscore and ends in no hyphen, so that <c>foo_bar</c> is deployed as <c>ava-foo-bar</c>.</summary>
    public string Instance => InstancePrefix + Hyphenated(Command);

    /// <summary>A label of DNS (RFC 1035), as Kubernetes wants its names: 1 to 63 characters.</summary>
    public static bool IsInstance(string name) => InstanceRegex().IsMatch(name);

    /// <summary>The same words with hyphens between them, under which they can be deployed.</summary>
    public static string Hyphenated(string command) => command.Replace('_', '-').TrimEnd('-');

    /// <summary>Reads either name: <c>foo</c> and <c>ava-foo</c> are the same app.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AppName? name)
    {
        var command = text is not null && text.StartsWith(InstancePrefix, StringComparison.Ordinal) ? text[InstancePrefix.Length..] : text;
        name = command is not null && CommandRegex().IsMatch(command) && !command.StartsWith(InstancePrefix, StringComparison.Ordinal) ? new AppName(command) : null;
        return name is not null;
    }

    /// <summary>
    /// Why a command cannot become a new app's; null where it can. Gateways that route by prefix without a closing slash send <c>comics-bg</c> to
    /// <c>comics</c>, so that no command may begin with another, in either order.
    /// </summary>
    /// <param name="others">Commands that exist or are about to.</param>
    public static Problem? Check(string command, IReadOnlyCollection<string> others)
    {
        if (CheckAlone(command) is { } wrong)
        {
            return wrong;
        }

        if (others.Contains(command))
        {
            return Wrong("app.command_taken", command, ProposeFree(command, others));
        }

        return others.FirstOrDefault(other => Clash(command, other)) is { } clash
            ? Wrong("app.command_prefix_clash", command, clash, ProposeFree(command, others))
            : null;
    }

    /// <summary>Why no app could have this command, whatever others there are; null where one could.</summary>
    public static Problem? CheckAlone(string command)
    {
        if (!CommandRegex().IsMatch(command))
        {
            return Wrong("app.command_invalid", command);
        }

        if (s_reserved.Contains(command))
        {
            return Wrong("app.command_reserved", command);
        }

        return command.StartsWith(InstancePrefix, StringComparison.Ordinal)
            ? Wrong("app.command_has_prefix", command, command[InstancePrefix.Length..])
            : null;
    }

    /// <summary>A command like this one that nobody's clashes with: its words in another order, or a word in front.</summary>
    public static string ProposeFree(string command, IReadOnlyCollection<string> others)
    {
        var words = command.Split('-', StringSplitOptions.RemoveEmptyEntries);
        var rotations = Enumerable.Range(1, Math.Max(0, words.Length - 1)).Select(start => string.Join('-', words.Skip(start).Concat(words.Take(start))));
        var fronted = s_fronts.Select(front => $"{front}-{command}").Concat(Enumerable.Range(2, int.MaxValue - 2).Select(number => $"app{number}-{command}"));
        return rotations
            .Concat(fronted)
            .Select(proposal => proposal[..Math.Min(proposal.Length, MaxCommand)].TrimEnd('-', '_'))
            .First(proposal => CommandRegex().IsMatch(proposal) && !s_reserved.Contains(proposal) && !proposal.StartsWith(InstancePrefix, StringComparison.Ordinal)
                && !others.Any(other => Clash(proposal, other)));
    }

    /// <summary>Whether a gateway that routes by prefix would take one for the other.</summary>
    public static bool Clash(string one, string other) => one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    public override string ToString() => Command;

    private static Problem Wrong(string code, params object?[] args) => new("Command", code, args);

    // As AVA's release service takes them: 4 to 20 characters.
    [GeneratedRegex("""\A[a-z][a-z0-9_-]{3,19}\z""", RegexOptions.CultureInvariant)]
    private static partial Regex CommandRegex();

    [GeneratedRegex("""\A[a-z]([a-z0-9-]{0,61}[a-z0-9])?\z""", RegexOptions.CultureInvariant)]
    private static partial Regex InstanceRegex();
}
