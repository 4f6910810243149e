namespace AvaConsole.Core.Images.Recipes;

/// <summary>
/// What a custom image is made of: a base and what is put on it. A Dockerfile is written of it (<see cref="DockerfileWriter"/>) and read back into it
/// (<see cref="DockerfileReader"/>). Two recipes are equal where their documents are.
/// </summary>
public sealed record ImageRecipe
{
    /// <summary>Version of the document's form.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The new image's own name, for example <c>ava-keras</c>; empty where it has none yet.</summary>
    public string Name { get; init; } = "";

    /// <summary>Reference of the base image; empty only where a hand-written <c>FROM</c> is kept in <see cref="Rest"/>.</summary>
    public string Base { get; init; } = "";

    /// <summary>Literal values, names in order. No variable is filled in.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = EmptyTexts;

    public IReadOnlyList<AptPackage> Apt { get; init; } = [];

    public IReadOnlyList<PipPackage> Pip { get; init; } = [];

    /// <summary>Absolute path; empty for the base image's own.</summary>
    public string WorkingDirectory { get; init; } = "";

    public IReadOnlyList<RecipeFile> Files { get; init; } = [];

    /// <summary>Labels, names in order, without those that follow from the recipe (<see cref="RecipeLabels"/>).</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyTexts;

    /// <summary>Name or number, with <c>:group</c> where wanted; empty for the base image's own.</summary>
    public string User { get; init; } = "";

    /// <summary>Program and arguments; empty for the base image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Instructions that the recipe has no member for, as they were written, each behind the part that it followed.</summary>
    public IReadOnlyList<RecipeRest> Rest { get; init; } = [];

    internal static IReadOnlyDictionary<string, string> EmptyTexts { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    public bool Equals(ImageRecipe? other) => other is not null && (ReferenceEquals(this, other) || RecipeDocument.Json(this) == RecipeDocument.Json(other));

    public override int GetHashCode() => RecipeDocument.Json(this).GetHashCode(StringComparison.Ordinal);
}

/// <summary>A file of the image: a text that the recipe holds, or a file of the folder that is built.</summary>
/// <param name="To">Absolute path in the image; with <c>/</c> at its end a folder into which the file goes.</param>
/// <param name="From">Path in the folder that is built; empty for a text.</param>
/// <param name="Text">With line feeds, and one at its end unless it is empty; null for a file of the folder.</param>
public sealed record RecipeFile(string To, string From, string? Text)
{
    /// <summary>What one file is told from another by: into one folder several may go.</summary>
    internal string Key => To.EndsWith('/') ? To + From : To;

    /// <summary>A text of the recipe; line ends become line feeds.</summary>
    public static RecipeFile OfText(string to, string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return new RecipeFile(to, "", lines.Length == 0 || lines.EndsWith('\n') ? lines : lines + "\n");
    }

    public static RecipeFile OfContext(string to, string from) => new(to, from, null);
}

/// <summary>Instructions that are kept as they were written.</summary>
/// <param name="After">The part that they stand behind.</param>
public sealed record RecipeRest(RecipePart After, string Text);

/// <summary>The parts of a Dockerfile in the order in which they are written: what changes seldom first, so that builds find their layers again.</summary>
public enum RecipePart
{
    /// <summary>What stands before the base: parser directives, <c>ARG</c>, earlier stages.</summary>
    Head,
    Base,
    Environment,
    Apt,
    Pip,
    WorkingDirectory,
    Files,
    Labels,
    User,
    Command,
}
