using AvaConsole.Core.Images.Dockerfiles;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>Whether what is kept of a hand-written Dockerfile is whole: nothing in it may reach over what is written behind it.</summary>
internal static class RecipeRestCheck
{
    private const string From = "FROM";

    public static void Check(ImageRecipe recipe, RecipeProblems sink)
    {
        sink.Count("/rest", recipe.Rest.Count);
        foreach (var (index, rest) in recipe.Rest.Index())
        {
            var field = $"/rest/{index}";
            sink.Require(rest.Text.Length <= RecipeCheck.MaxText && RecipeCheck.IsText(rest.Text), field, "recipe.rest_text_invalid", RecipeCheck.MaxText >> 10);
            if (rest.Text.Length <= RecipeCheck.MaxText)
            {
                sink.Require(IsWhole(rest.Text), field, "recipe.rest_open", rest.Text.Trim());
                sink.Require(DockerfileSyntax.Parse(rest.Text).Value?.Escape == '\\' || rest.After != RecipePart.Head, field, "recipe.escape_other");
                sink.Require(rest.After == RecipePart.Head || !HasFrom(rest.Text), field, "recipe.rest_base", "");
            }
        }
    }

    public static bool HasFrom(string text) => Instructions(text).Any(instruction => instruction.Keyword == From);

    private static bool IsWhole(string text)
    {
        // What follows must still be read as an instruction of its own.
        var alone = Instructions(text);
        var followed = Instructions(text + "\nSTOPSIGNAL 9");
        return alone.Count > 0 && alone.All(instruction => instruction.Heredocs.All(heredoc => heredoc.IsClosed))
            && followed.Count == alone.Count + 1 && followed[^1] is { Keyword: "STOPSIGNAL", Arguments: "9" };
    }

    private static IReadOnlyList<DockerfileInstruction> Instructions(string text) => DockerfileSyntax.Parse(text).Value?.Instructions ?? [];
}
