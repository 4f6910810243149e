using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Web.Api;
using AvaConsole.Web.Cli.Api;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Images;

/// <summary><c>asectl image dockerfile</c>: what the image wizard writes of a recipe.</summary>
internal sealed class DockerfileVerb : Verb
{
    private readonly Argument<string> _recipe = CliOptions.File("RECIPE", "ArgumentRecipe");
    private readonly Option<string?> _gpu = CliOptions.Value("--gpu", "OptionGpu", "CUDA");
    private readonly Option<string?> _console = CliOptions.Value("--console", "OptionRecipeConsole", "URL");

    public DockerfileVerb()
        : base("dockerfile", "ImageDockerfile", "asectl image dockerfile recipe.yml --gpu 9.0 > Dockerfile")
    {
        Add(_recipe);
        Add(_gpu);
        Add(_console);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var path = arguments.GetValue(_recipe)!;
        var text = arguments.GetValue(_console) is { } console ? Fetch(console, path) : CliFiles.ReadText(path);
        var recipe = ApiFiles.Unwrap(RecipeDocument.Read(text), path);
        if (arguments.GetValue(_gpu) is { } cuda)
        {
            recipe = ApiFiles.Unwrap(GpuVariant.Of(recipe, cuda), path);
        }

        var dockerfile = DockerfileWriter.Write(recipe);
        if (output.IsJson)
        {
            output.Json(new JsonObject { ["file"] = path, ["base"] = recipe.Base, ["dockerfile"] = dockerfile });
        }
        else
        {
            output.Text(dockerfile);
        }

        return CliExit.Success;
    }

    /// <summary>The latest version of the recipe with this name or id.</summary>
    /// <exception cref="CliFailureException"/>
    private static string Fetch(string console, string recipe)
    {
        using var link = ConsoleLink.Open(console);
        using var found = link.Get($"{RecipeEndpoints.Named}?recipe={Uri.EscapeDataString(recipe)}");
        return found.RootElement.GetProperty("document").GetString()!;
    }
}
