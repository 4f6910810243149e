using System.Text;
using AvaConsole.Core.Images.Dockerfiles;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>
/// Writes a recipe's Dockerfile: the same recipe always gives the same bytes. One layer for each kind of packages, package lists and caches left out, every
/// value quoted, the command in the form that no shell reads. Names and paths are of characters that need no quotes (<see cref="RecipeCheck"/>).
/// </summary>
public static class DockerfileWriter
{
    private const string Continued = " \\\n    ";

    /// <exception cref="ArgumentException">The recipe has problems by <see cref="RecipeCheck"/>; writing it could say something else than it does.</exception>
    public static string Write(ImageRecipe recipe)
    {
        if (RecipeCheck.Check(recipe) is [var problem, ..])
        {
            throw new ArgumentException($"The recipe cannot be written: {problem.Code} at {problem.Field}.", nameof(recipe));
        }

        var sections = new List<string>();
        foreach (var part in Enum.GetValues<RecipePart>())
        {
            string[] lines = [.. Lines(recipe, part), .. recipe.Rest.Where(rest => rest.After == part).Select(rest => rest.Text.TrimEnd('\n'))];
            if (lines.Length > 0)
            {
                sections.Add(string.Join('\n', lines));
            }
        }

        return string.Join("\n\n", sections) + "\n";
    }

    private static IEnumerable<string> Lines(ImageRecipe recipe, RecipePart part) => part switch
    {
        RecipePart.Base => recipe.Base.Length == 0 ? [] : [$"FROM {recipe.Base}"],
        RecipePart.Environment => Sorted(recipe.Environment).Select(pair => $"ENV {pair.Key}={DockerfileWord.Quote(pair.Value)}"),
        RecipePart.Apt => recipe.Apt.Count == 0 ? [] : [Apt(recipe.Apt)],
        RecipePart.Pip => recipe.Pip.Count == 0 ? [] : [$"RUN pip install --no-cache-dir{Continued}{string.Join(Continued, recipe.Pip.Select(package => ShellWords.Quote(package.ToString())))}"],
        RecipePart.WorkingDirectory => recipe.WorkingDirectory.Length == 0 ? [] : [$"WORKDIR {recipe.WorkingDirectory}"],
        RecipePart.Files => recipe.Files.Select(File),
        RecipePart.Labels => Sorted(RecipeLabels.Of(recipe).Concat(recipe.Labels)).Select(pair => $"LABEL {pair.Key}={DockerfileWord.Quote(pair.Value)}"),
        RecipePart.User => recipe.User.Length == 0 ? [] : [$"USER {recipe.User}"],
        RecipePart.Command => recipe.Command.Count == 0 ? [] : [$"CMD {JsonForm.Write(recipe.Command)}"],
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> texts) => texts.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    private static string Apt(IReadOnlyList<AptPackage> packages) => new StringBuilder("RUN apt-get update \\\n")
        .Append(" && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends")
        .Append(Continued).AppendJoin(Continued, packages.Select(package => ShellWords.Quote(package.ToString())))
        .Append(" \\\n && rm -rf /var/lib/apt/lists/*").ToString();

    private static string File(RecipeFile file)
    {
        if (file.Text is null)
        {
            return $"COPY {file.From} {file.To}";
        }

        var name = EndOf(file.Text);
        return $"COPY <<'{name}' {file.To}\n{file.Text}{name}";
    }

    /// <summary>A name that no line of the text has.</summary>
    private static string EndOf(string text)
    {
        var lines = text.Split('\n').ToHashSet(StringComparer.Ordinal);
        var name = "EOF";
        for (var number = 1; lines.Contains(name); number++)
        {
            name = $"EOF{number}";
        }

        return name;
    }
}
