namespace AvaConsole.Core.Images.Recipes;

/// <summary>One difference between two recipes. Its words are in the resources, under its code.</summary>
/// <param name="Code">For example <c>recipe_change.pip_changed</c>.</param>
/// <param name="Args">What the text's placeholders stand for: the name, and the old and new value where there are such.</param>
public sealed record RecipeChange(string Code, IReadOnlyList<object?> Args);

/// <summary>What changes from one recipe to another.</summary>
public static class RecipeDiff
{
    /// <summary>In the order of the recipe's parts; empty where both are the same.</summary>
    public static IReadOnlyList<RecipeChange> Compare(ImageRecipe before, ImageRecipe after) =>
    [
        .. Value("name", before.Name, after.Name),
        .. Value("base", before.Base, after.Base),
        .. Entries("environment", before.Environment, after.Environment),
        .. Entries("apt", ByName(before.Apt, package => package.Name, package => package.Version), ByName(after.Apt, package => package.Name, package => package.Version)),
        .. Entries("pip", ByName(before.Pip, package => package.Key, package => package.ToString()), ByName(after.Pip, package => package.Key, package => package.ToString())),
        .. Value("working_directory", before.WorkingDirectory, after.WorkingDirectory),
        .. Entries("file", ByName(before.Files, file => file.Key, ContentOf), ByName(after.Files, file => file.Key, ContentOf)).Select(change => change with { Args = [.. change.Args.Take(1)] }),
        .. Entries("label", before.Labels, after.Labels),
        .. Value("user", before.User, after.User),
        .. Value("command", Words(before.Command), Words(after.Command)),
        .. Entries("rest", ByName(before.Rest, rest => RecipeDocument.NameOf(rest.After), rest => rest.Text), ByName(after.Rest, rest => RecipeDocument.NameOf(rest.After), rest => rest.Text))
            .Select(change => change with { Args = [.. change.Args.Take(1)] }),
        .. Order(before, after),
    ];

    private static string ContentOf(RecipeFile file) => file.Text is null ? "from " + file.From : "text " + file.Text;

    private static string Words(IReadOnlyList<string> command) => command.Count == 0 ? "" : Dockerfiles.JsonForm.Write(command);

    private static IEnumerable<RecipeChange> Value(string part, string before, string after)
    {
        if (before != after)
        {
            yield return (before.Length, after.Length) switch
            {
                (0, _) => new RecipeChange($"recipe_change.{part}_added", [after]),
                (_, 0) => new RecipeChange($"recipe_change.{part}_removed", [before]),
                _ => new RecipeChange($"recipe_change.{part}_changed", [before, after]),
            };
        }
    }

    private static IEnumerable<RecipeChange> Entries(string part, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, now) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            if (was is null)
            {
                yield return new RecipeChange($"recipe_change.{part}_added", [name, now]);
            }
            else if (now is null)
            {
                yield return new RecipeChange($"recipe_change.{part}_removed", [name, was]);
            }
            else if (was != now)
            {
                yield return new RecipeChange($"recipe_change.{part}_changed", [name, was, now]);
            }
        }
    }

    /// <summary>Packages and files are put on the image in their order, so another order is another recipe.</summary>
    private static IEnumerable<RecipeChange> Order(ImageRecipe before, ImageRecipe after)
    {
        var isMoved = IsMoved(before.Apt.Select(package => package.Name), after.Apt.Select(package => package.Name))
            || IsMoved(before.Pip.Select(package => package.Key), after.Pip.Select(package => package.Key))
            || IsMoved(before.Files.Select(file => file.Key), after.Files.Select(file => file.Key));
        return isMoved ? [new RecipeChange("recipe_change.order_changed", [])] : [];
    }

    private static bool IsMoved(IEnumerable<string> before, IEnumerable<string> after)
    {
        var (was, now) = (before.ToList(), after.ToList());
        return !was.Intersect(now, StringComparer.Ordinal).SequenceEqual(now.Intersect(was, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static Dictionary<string, string> ByName<T>(IEnumerable<T> items, Func<T, string> name, Func<T, string> value) =>
        items.GroupBy(name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => string.Join('\n', group.Select(value)), StringComparer.Ordinal);
}
