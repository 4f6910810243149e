using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Recipes;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>A package with its version, as typed.</summary>
public sealed class PackageRow
{
    public string Name { get; set; } = "";

    public string Version { get; set; } = "";

    public bool IsBlank => Name.Length == 0 && Version.Length == 0;
}

/// <summary>A name with its value, as typed.</summary>
public sealed class TextRow
{
    public string Name { get; set; } = "";

    public string Value { get; set; } = "";

    public bool IsBlank => Name.Length == 0 && Value.Length == 0;
}

/// <summary>A file, as typed.</summary>
public sealed class FileRow
{
    public string To { get; set; } = "";

    /// <summary>A text of the recipe; otherwise a file of the folder that is built.</summary>
    public bool IsText { get; set; } = true;

    public string From { get; set; } = "";

    public string Text { get; set; } = "";

    public bool IsBlank => To.Length == 0 && From.Length == 0 && Text.Length == 0;
}

/// <summary>A word of the command.</summary>
public sealed class WordRow
{
    public string Text { get; set; } = "";
}

/// <summary>A recipe as it is typed: what is wrong stays as it was typed. Rows without anything are no part of the recipe.</summary>
public sealed class RecipeForm
{
    public string Name { get; set; } = "";

    public string NameReason { get; set; } = "";

    public string Description { get; set; } = "";

    public bool IsTemplate { get; set; }

    public string Base { get; set; } = "";

    public List<TextRow> Environment { get; set; } = [];

    public List<PackageRow> Apt { get; set; } = [];

    public List<PackageRow> Pip { get; set; } = [];

    public string WorkingDirectory { get; set; } = "";

    public List<FileRow> Files { get; set; } = [];

    public List<TextRow> Labels { get; set; } = [];

    public string User { get; set; } = "";

    public List<WordRow> Command { get; set; } = [];

    /// <summary>What a hand-written Dockerfile says and no field holds.</summary>
    public List<RecipeRest> Rest { get; set; } = [];

    public RecipeRequest Request => new(Name.Trim(), NameReason, Description, IsTemplate);

    /// <summary>All but the name becomes what the recipe says.</summary>
    public void Take(ImageRecipe recipe)
    {
        (Base, WorkingDirectory, User) = (recipe.Base, recipe.WorkingDirectory, recipe.User);
        Environment = [.. recipe.Environment.Select(pair => new TextRow { Name = pair.Key, Value = pair.Value })];
        Labels = [.. recipe.Labels.Select(pair => new TextRow { Name = pair.Key, Value = pair.Value })];
        Apt = [.. recipe.Apt.Select(package => new PackageRow { Name = package.Name, Version = package.Version })];
        Pip = [.. recipe.Pip.Select(PipText.ToRow)];
        Files = [.. recipe.Files.Select(file => new FileRow { To = file.To, IsText = file.Text is not null, From = file.From, Text = file.Text ?? "" })];
        Command = [.. recipe.Command.Select(word => new WordRow { Text = word })];
        Rest = [.. recipe.Rest];
    }

    /// <summary>May break the rules: <see cref="Check"/>.</summary>
    public ImageRecipe ToRecipe() => new()
    {
        Name = Name.Trim(),
        Base = Base.Trim(),
        Environment = Texts(Environment),
        Apt = [.. Apt.Where(row => !row.IsBlank).Select(row => new AptPackage(row.Name.Trim(), row.Version.Trim()))],
        Pip = [.. Pip.Where(row => !row.IsBlank).Select(PipText.ToPackage)],
        WorkingDirectory = WorkingDirectory.Trim(),
        Files = [.. Files.Where(row => !row.IsBlank).Select(row => row.IsText ? RecipeFile.OfText(row.To.Trim(), row.Text) : RecipeFile.OfContext(row.To.Trim(), row.From.Trim()))],
        Labels = Texts(Labels),
        User = User.Trim(),
        Command = [.. Command.Select(row => row.Text)],
        Rest = Rest,
    };

    /// <summary>What keeps the recipe from being written, each with its field as <see cref="RecipeCheck"/> names it. A name that is missing does not.</summary>
    public IReadOnlyList<Problem> Check() =>
        [.. RecipeCheck.Check(ToRecipe()), .. Twice("/environment", Environment), .. Twice("/labels", Labels)];

    /// <summary>Where a row stands in the recipe; -1 where it is no part of it.</summary>
    public int IndexOf(PackageRow row) => (Apt.Contains(row) ? Apt : Pip).Where(known => !known.IsBlank).ToList().IndexOf(row);

    /// <inheritdoc cref="IndexOf(PackageRow)"/>
    public int IndexOf(FileRow row) => Files.Where(known => !known.IsBlank).ToList().IndexOf(row);

    private static SortedDictionary<string, string> Texts(IEnumerable<TextRow> rows)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => !row.IsBlank))
        {
            texts[row.Name.Trim()] = row.Value;
        }

        return texts;
    }

    private static IEnumerable<Problem> Twice(string field, IEnumerable<TextRow> rows) => rows
        .Where(row => !row.IsBlank)
        .CountBy(row => row.Name.Trim(), StringComparer.Ordinal)
        .Where(pair => pair.Value > 1)
        .Select(pair => new Problem($"{field}/{pair.Key}", "recipe.twice", 0, pair.Key));
}
