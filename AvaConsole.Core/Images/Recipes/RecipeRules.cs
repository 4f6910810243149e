using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>What a stored recipe's name and texts may be.</summary>
public static class RecipeRules
{
    /// <summary>Characters of a description, of a reason and of a note.</summary>
    public const int MaxDescription = 2000;

    /// <summary>The rule that cannot be left: a name that a registry takes, as the last part of a repository.</summary>
    public static bool IsName(string name) => name.Length > 0 && RecipeCheck.IsName(name);

    /// <summary>The recommendation, which can be left with a reason.</summary>
    public static bool IsRecommended(string name) => ImageName.TryParse(name, out _);

    /// <summary>All problems at once.</summary>
    public static IReadOnlyList<Problem> Check(RecipeRequest request)
    {
        var problems = new List<Problem>();
        Require(problems, IsName(request.Name), nameof(request.Name), "recipe.stored_name_invalid", RecipeProblems.Shown(request.Name));
        Require(problems, !IsName(request.Name) || IsRecommended(request.Name) || request.NameReason.Trim().Length > 0, nameof(request.NameReason), "recipe.name_reason_missing", request.Name);
        Length(problems, nameof(request.NameReason), request.NameReason);
        Length(problems, nameof(request.Description), request.Description);
        return problems;
    }

    internal static IReadOnlyList<Problem> CheckNote(string note)
    {
        var problems = new List<Problem>();
        Length(problems, "Note", note);
        return problems;
    }

    private static void Length(List<Problem> problems, string field, string text) =>
        Require(problems, text.Length <= MaxDescription && RecipeCheck.IsText(text.ReplaceLineEndings("\n")), field, "recipe.words_invalid", MaxDescription);

    private static void Require(List<Problem> problems, bool holds, string field, string code, params object?[] args)
    {
        if (!holds)
        {
            problems.Add(new Problem(field, code, args));
        }
    }
}
