using System.CommandLine;

namespace AvaConsole.Web.Cli.Common;

/// <summary>Options that every verb has, and the making of those that several have.</summary>
internal static class CliOptions
{
    private const string Text = "text";
    private const string JsonWord = "json";

    public static Option<string> Format { get; } = Choice("--format", "OptionFormat", Text, Text, JsonWord);

    public static Option<string?> Lang { get; } = new("--lang") { Description = CliTexts.Of("OptionLang"), HelpName = "en|zh-Hans", Recursive = true };

    /// <summary>An option that takes one of a few words.</summary>
    public static Option<string> Choice(string name, string key, string usual, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = CliTexts.Of(key),
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => usual,
            Recursive = name == "--format",
        };
        Restrict(option, words);
        return option;
    }

    public static void Restrict(Option option, params string[] words) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var given }] && !words.Contains(given))
        {
            result.AddError(CliTexts.Of("NotOneOf", option.Name, given, string.Join(", ", words)));
        }
    });

    public static Option<string?> Value(string name, string key, string helpName, params string[] aliases) =>
        new(name, aliases) { Description = CliTexts.Of(key), HelpName = helpName };

    public static Option<string> Required(string name, string key, string helpName, params string[] aliases) =>
        new(name, aliases) { Description = CliTexts.Of(key), HelpName = helpName, Required = true };

    public static Option<bool> Flag(string name, string key, params string[] aliases) => new(name, aliases) { Description = CliTexts.Of(key) };

    public static Argument<string> File(string name, string key) => new(name) { Description = CliTexts.Of(key) };

    public static CliOutput OutputOf(ParseResult result) => new(
        result.InvocationConfiguration.Output,
        result.InvocationConfiguration.Error,
        result.GetValue(Format) == JsonWord,
        CliOutput.WantsColour());
}
