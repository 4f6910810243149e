using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Web.Api;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Images;

/// <summary><c>asectl image registries</c>: the team's registries in a console, and how their indexes stand.</summary>
internal sealed class RegistriesVerb : Verb
{
    /// <summary>States in which somebody has to do something.</summary>
    private static readonly HashSet<string> s_trouble = ["failed", "trouble", "limited", "stopped"];

    private readonly Option<string?> _console = ConsoleLink.Option();

    public RegistriesVerb()
        : base("registries", "ImageRegistries", "asectl image registries --format json") => Add(_console);

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        using var link = ConsoleLink.Open(arguments.GetValue(_console));
        using var answer = link.Get(RegistryEndpoints.Path);
        var document = JsonObject.Create(answer.RootElement)!;
        var registries = document["registries"]!.AsArray();
        if (output.IsJson)
        {
            output.Json(document);
        }
        else
        {
            foreach (var registry in registries) Say(registry!, output);
            if (registries.Count == 0) output.Note(CliTexts.Of("ImageNoRegistries"));
        }

        return registries.Any(registry => Text(registry!, "state") == "failed") ? CliExit.Found : CliExit.Success;
    }

    private static void Say(JsonNode registry, CliOutput output)
    {
        var state = Text(registry, "stateText");
        var counts = CliTexts.Of("ImageRegistryCounts", registry["repositories"]!, registry["tags"]!);
        output.Line($"{Text(registry, "name")}  {output.Dim(Text(registry, "host"))}  {(s_trouble.Contains(Text(registry, "state")) ? output.Yellow(state) : output.Green(state))}  {counts}");
        if (Text(registry, "errorText") is { Length: > 0 } error) output.Line("  " + error);
        foreach (var warning in registry["warnings"]!.AsArray()) output.Line("  " + CliTexts.Of("ImageRegistrySays", warning!));
    }

    private static string Text(JsonNode registry, string name) => registry[name]?.GetValue<string>() ?? "";
}
