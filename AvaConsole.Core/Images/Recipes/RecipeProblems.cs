using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>Collects what is wrong with a recipe, each problem with its line.</summary>
internal sealed class RecipeProblems(Func<string, int> lineOf)
{
    /// <summary>Characters of a refused value that a message repeats.</summary>
    private const int MaxShown = 80;

    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public void Require(bool holds, string field, string code, params object?[] args)
    {
        if (!holds)
        {
            _problems.Add(new Problem(field, code, [lineOf(field), .. args.Select(Shown)]));
        }
    }

    public void Count(string field, int count) => Require(count <= RecipeCheck.MaxEntries, field, "recipe.too_many", count, RecipeCheck.MaxEntries);

    public void Unique(string field, IEnumerable<string> names)
    {
        foreach (var twice in names.CountBy(name => name, StringComparer.Ordinal).Where(pair => pair.Value > 1))
        {
            Require(false, field, "recipe.twice", twice.Key);
        }
    }

    internal static object? Shown(object? value) => value is string text
        ? new string([.. (text.Length > MaxShown ? text[..MaxShown] + "…" : text).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '\ufffd' : character)])
        : value;
}
