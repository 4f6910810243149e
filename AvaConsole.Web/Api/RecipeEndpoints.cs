using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Core.Images.Recipes.Builds;
using AvaConsole.Web.Account;
using AvaConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AvaConsole.Web.Api;

/// <summary>Hands out recipes and what engines wrote: to pages as files, and to <c>asectl image dockerfile</c>.</summary>
public static class RecipeEndpoints
{
    /// <summary>The latest version of the recipe with a name or id, as YAML in a JSON document, for an account given by HTTP Basic.</summary>
    public const string Named = "/api/images/recipes/latest";

    private const string Files = "/api/images/recipes/{recipe:guid}/{version:int}";

    public static IEndpointRouteBuilder MapRecipes(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Files + "/Dockerfile", (Guid recipe, int version, RecipeService recipes, ErrorPresenter presenter, CancellationToken ct) =>
            FileAsync(recipe, version, found => DockerfileWriter.Write(found), "Dockerfile", recipes, presenter, ct)).RequireAuthorization();
        endpoints.MapGet(Files + "/recipe.yml", (Guid recipe, int version, RecipeService recipes, ErrorPresenter presenter, CancellationToken ct) =>
            FileAsync(recipe, version, RecipeDocument.Yaml, "recipe.yml", recipes, presenter, ct)).RequireAuthorization();
        endpoints.MapGet("/api/images/builds/{build:guid}/log", LogAsync).RequireAuthorization();
        endpoints.MapGet(Named, NamedAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy);
        return endpoints;
    }

    private static async Task<IResult> FileAsync(
        Guid recipe, int version, Func<ImageRecipe, string> write, string name, RecipeService recipes, ErrorPresenter presenter, CancellationToken ct)
    {
        var found = await recipes.GetVersionAsync(recipe, version, ct);
        return found.IsSuccess ? Text(write(found.Value.Recipe), name) : ApiProblems.Of(found.Error, presenter);
    }

    private static async Task<IResult> LogAsync(Guid build, ImageBuildService builds, ErrorPresenter presenter, CancellationToken ct)
    {
        var log = await builds.ReadLogAsync(build, ct);
        return log.IsSuccess ? Text(log.Value, "build.log") : ApiProblems.Of(log.Error, presenter);
    }

    private static async Task<IResult> NamedAsync(string recipe, HttpContext context, SignInService signIn, RecipeService recipes, ErrorPresenter presenter, CancellationToken ct)
    {
        if (await BasicCaller.FindAsync(context, signIn, ct) is null)
        {
            return ApiProblems.SignedOut(presenter);
        }

        var found = await recipes.FindAsync(recipe, ct);
        return found.IsSuccess
            ? TypedResults.Ok(new NamedRecipe(found.Value.Stored.RecipeId, found.Value.Stored.Recipe.Name, found.Value.Stored.Number, RecipeDocument.Yaml(found.Value.Recipe)))
            : ApiProblems.Of(found.Error, presenter);
    }

    // A file of text that no browser takes for anything else.
    private static FileContentHttpResult Text(string text, string name) => TypedResults.File(Encoding.UTF8.GetBytes(text), "application/octet-stream", name);

    private sealed record NamedRecipe(Guid Id, string Name, int Version, string Document);
}
