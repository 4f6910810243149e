using System.CommandLine;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Completion;

/// <summary><c>asectl completion bash|zsh</c>.</summary>
internal sealed class CompletionCommand : Noun
{
    public CompletionCommand()
        : base("completion", "CompletionDescription")
    {
        Add(new CompletionVerb("bash", "CompletionBash", "source <(asectl completion bash)", CompletionScript.Bash));
        Add(new CompletionVerb("zsh", "CompletionZsh", "asectl completion zsh > \"${fpath[1]}/_asectl\"", CompletionScript.Zsh));
    }

    private sealed class CompletionVerb(string name, string key, string example, Func<Command, string> write) : Verb(name, key, example)
    {
        protected override int Run(ParseResult arguments, CliOutput output)
        {
            var script = write(arguments.RootCommandResult.Command);
            if (output.IsJson)
            {
                output.Json(new System.Text.Json.Nodes.JsonObject { ["shell"] = Name, ["script"] = script });
            }
            else
            {
                output.Text(script);
            }

            return CliExit.Success;
        }
    }
}
