using System.CommandLine;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Cli.Common;

/// <summary>Says in one line what is wrong with a command line, with the nearest word that would be right.</summary>
internal static class UsageProblem
{
    public static string Describe(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var help = CliTexts.Of("SeeHelp", PathOf(result));
        if (result.UnmatchedTokens is [var word, ..])
        {
            var isOption = word.Length > 1 && word[0] == '-';
            if (isOption || command.Subcommands.Count > 0)
            {
                var known = isOption ? OptionsOf(result) : [.. command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)];
                var text = CliTexts.Of(isOption ? "UnknownOption" : "UnknownVerb", word);
                return Nearest(word, known) is { } nearest ? $"{text} {CliTexts.Of("DidYouMean", nearest)} {help}" : $"{text} {help}";
            }
        }

        return $"{result.Errors[0].Message} {help}";
    }

    /// <summary><c>asectl api lint</c>.</summary>
    public static string PathOf(ParseResult result)
    {
        var names = new List<string>();
        for (var part = result.CommandResult; part is not null; part = part.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, part.Command.Name);
        }

        return string.Join(' ', names);
    }

    /// <summary>The one that was begun, or the one that was mistyped.</summary>
    private static string? Nearest(string word, List<string> known) =>
        known.Find(name => name.StartsWith(word, StringComparison.Ordinal)) ?? NearestName.Find(word, known);

    private static List<string> OptionsOf(ParseResult result) =>
        [.. result.CommandResult.Command.Options.Concat(result.RootCommandResult.Command.Options.Where(option => option.Recursive)).Select(option => option.Name).Distinct()];
}
