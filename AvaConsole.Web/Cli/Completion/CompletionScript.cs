using System.CommandLine;
using System.Globalization;
using System.Text;

namespace AvaConsole.Web.Cli.Completion;

/// <summary>
/// Scripts that complete verbs, options and an option's words; anything else is completed as a file name by the shell itself. They hold the
/// whole tree, so that a key press starts no program.
/// </summary>
internal static class CompletionScript
{
    public static string Bash(Command root) => $$"""
        # Completion of {{root.Name}} for bash: source <({{root.Name}} completion bash)
        _{{root.Name}}() {
            local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} place={{root.Name}} word choices=
            for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case "$place $word" in
                    {{Places(root)}}) place="$place $word" ;;
                esac
            done
        {{Choices(root, "choices='{0}'")}}
            COMPREPLY=($(compgen -W "$choices" -- "$current"))
        }
        complete -o default -F _{{root.Name}} {{root.Name}}

        """;

    public static string Zsh(Command root) => $$"""
        #compdef {{root.Name}}
        # Completion of {{root.Name}} for zsh: save it as _{{root.Name}} in a folder of $fpath
        _{{root.Name}}() {
            local current=${words[CURRENT]} previous=${words[CURRENT-1]} place={{root.Name}} word
            local -a choices
            for word in ${words[2,CURRENT-1]}; do
                case "$place $word" in
                    {{Places(root)}}) place="$place $word" ;;
                esac
            done
        {{Choices(root, "choices=({0})")}}
            if (( $#choices )); then compadd -- $choices; else _files; fi
        }
        if [ "$funcstack[1]" = _{{root.Name}} ]; then _{{root.Name}} "$@"; else compdef _{{root.Name}} {{root.Name}}; fi

        """;

    private static string Places(Command root) => string.Join('|', Below(root, root.Name).Skip(1).Select(place => $"'{place.Path}'"));

    private static string Choices(Command root, string assignment)
    {
        var text = new StringBuilder("    case \"$place $previous\" in\n");
        foreach (var (path, command) in Below(root, root.Name))
        {
            foreach (var option in Options(root, command).Where(TakesValue))
            {
                var patterns = string.Join('|', Names(option).Select(name => $"'{path} {name}'"));
                text.Append(CultureInfo.InvariantCulture, $"        {patterns}) {string.Format(CultureInfo.InvariantCulture, assignment, Words(option))} ;;\n");
            }
        }

        text.Append("        *) case \"$place|$current\" in\n");
        foreach (var (path, command) in Below(root, root.Name))
        {
            var names = string.Join(' ', Options(root, command).SelectMany(Names).Where(name => name.StartsWith("--", StringComparison.Ordinal)));
            var verbs = string.Join(' ', command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name));
            text.Append(CultureInfo.InvariantCulture, $"            '{path}|-'*) {string.Format(CultureInfo.InvariantCulture, assignment, names)} ;;\n");
            if (verbs.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"            '{path}|'*) {string.Format(CultureInfo.InvariantCulture, assignment, verbs)} ;;\n");
            }
        }

        return text.Append("        esac ;;\n    esac").ToString();
    }

    private static IEnumerable<(string Path, Command Command)> Below(Command command, string path) =>
        [(path, command), .. command.Subcommands.Where(verb => !verb.Hidden).SelectMany(verb => Below(verb, $"{path} {verb.Name}"))];

    private static IEnumerable<Option> Options(Command root, Command command) =>
        command.Options.Concat(command == root ? [] : root.Options.Where(option => option.Recursive)).Where(option => !option.Hidden);

    private static IEnumerable<string> Names(Option option) => [option.Name, .. option.Aliases.Where(alias => alias.StartsWith('-') && alias != "-?")];

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    private static string Words(Option option) => option.HelpName?.Contains('|', StringComparison.Ordinal) is true ? option.HelpName.Replace('|', ' ') : "";
}
