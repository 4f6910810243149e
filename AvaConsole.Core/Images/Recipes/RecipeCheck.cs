using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Dockerfiles;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>
/// What a recipe may hold. Names and paths are of few characters, so that none of them means anything to a shell or to BuildKit; values are free but for
/// control characters, and are quoted where they are written.
/// </summary>
public static partial class RecipeCheck
{
    private const int MaxName = 128;

    /// <summary>Entries of each list.</summary>
    public const int MaxEntries = 500;

    /// <summary>Characters of a value.</summary>
    public const int MaxValue = 4000;

    /// <summary>Characters of the command's words together: in JSON they have to fit into one line that BuildKit reads.</summary>
    public const int MaxCommand = 10_000;

    /// <summary>Characters of a text of the recipe, and of what is kept of a hand-written Dockerfile.</summary>
    public const int MaxText = 256 * 1024;

    /// <summary>What some reader takes for the end of a line, and the tab.</summary>
    private static readonly SearchValues<char> s_lineEnds = SearchValues.Create("\n\r\t\u0085\u2028\u2029");

    /// <summary>All problems at once; each problem's first value is the line, 0 where there is no text.</summary>
    /// <param name="lineOf">The line of a field of the document, for example <c>/apt/0</c>; null for a recipe that stands in no text.</param>
    public static IReadOnlyList<Problem> Check(ImageRecipe recipe, Func<string, int>? lineOf = null)
    {
        var sink = new RecipeProblems(lineOf ?? (_ => 0));
        sink.Require(IsName(recipe.Name), "/name", "recipe.name_invalid", recipe.Name);
        CheckBase(recipe, sink);
        CheckTexts(recipe.Environment, "/environment", VariableRegex(), "recipe.variable_invalid", sink);
        CheckTexts(recipe.Labels, "/labels", LabelRegex(), "recipe.label_invalid", sink);
        CheckPackages(recipe, sink);
        sink.Require(recipe.WorkingDirectory.Length == 0 || IsPath(recipe.WorkingDirectory), "/workingDirectory", "recipe.path_invalid", recipe.WorkingDirectory);
        CheckFiles(recipe.Files, sink);
        sink.Require(recipe.User.Length == 0 || UserRegex().IsMatch(recipe.User), "/user", "recipe.user_invalid", recipe.User);
        CheckCommand(recipe.Command, sink);
        RecipeRestCheck.Check(recipe, sink);
        return sink.Problems;
    }

    /// <summary>Absolute, of plain characters, without <c>..</c>.</summary>
    internal static bool IsPath(string path) => PathRegex().IsMatch(path) && !path.Split('/').Contains("..");

    /// <summary>Within the folder that is built.</summary>
    internal static bool IsSource(string path) => SourceRegex().IsMatch(path) && !path.Split('/').Contains("..");

    /// <summary>The last part of a repository; empty for none.</summary>
    internal static bool IsName(string name) => name.Length == 0 || (name.Length <= MaxName && NameRegex().IsMatch(name));

    internal static bool IsUser(string user) => UserRegex().IsMatch(user);

    internal static bool IsVariable(string name) => VariableRegex().IsMatch(name);

    internal static bool IsLabel(string name) => LabelRegex().IsMatch(name);

    /// <summary>One line of characters that can be written and read: no control character, no half of a surrogate pair.</summary>
    internal static bool IsValue(string value) => value.Length <= MaxValue && IsText(value) && value.AsSpan().IndexOfAny(s_lineEnds) < 0;

    /// <summary>As <see cref="IsValue"/>, with line feeds and tabs.</summary>
    internal static bool IsText(string value)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')))
            {
                return false;
            }
        }

        return true;
    }

    private static void CheckBase(ImageRecipe recipe, RecipeProblems sink)
    {
        var isKept = recipe.Base.Length == 0 && recipe.Rest.Any(rest => rest.After == RecipePart.Head && RecipeRestCheck.HasFrom(rest.Text));
        sink.Require(recipe.Base.Length > 0 || isKept, "/base", "recipe.base_missing", "");
        sink.Require(recipe.Base.Length == 0 || ImageReference.TryParse(recipe.Base, out _), "/base", "recipe.base_invalid", recipe.Base);
    }

    private static void CheckTexts(IReadOnlyDictionary<string, string> texts, string field, Regex names, string code, RecipeProblems sink)
    {
        sink.Count(field, texts.Count);
        foreach (var (name, value) in texts)
        {
            sink.Require(names.IsMatch(name), $"{field}/{name}", code, name);
            sink.Require(IsValue(value), $"{field}/{name}", "recipe.value_invalid", name, MaxValue);
            sink.Require(field != "/labels" || !RecipeLabels.Follows(name), $"{field}/{name}", "recipe.label_follows", name);
        }
    }

    private static void CheckPackages(ImageRecipe recipe, RecipeProblems sink)
    {
        sink.Count("/apt", recipe.Apt.Count);
        sink.Count("/pip", recipe.Pip.Count);
        foreach (var (index, package) in recipe.Apt.Index())
        {
            sink.Require(AptPackage.TryParse(package.ToString(), out var read) && read == package, $"/apt/{index}", "recipe.apt_invalid", package.ToString());
        }

        foreach (var (index, package) in recipe.Pip.Index())
        {
            sink.Require(PipPackage.TryParse(package.ToString(), out var read) && read == package, $"/pip/{index}", "recipe.pip_invalid", package.ToString());
        }

        sink.Unique("/apt", recipe.Apt.Select(package => package.Name));
        sink.Unique("/pip", recipe.Pip.Select(package => package.Key));
    }

    private static void CheckFiles(IReadOnlyList<RecipeFile> files, RecipeProblems sink)
    {
        sink.Count("/files", files.Count);
        foreach (var (index, file) in files.Index())
        {
            sink.Require(IsPath(file.To) && !(file.Text is not null && file.To.EndsWith('/')), $"/files/{index}/to", "recipe.path_invalid", file.To);
            sink.Require((file.Text is null) == (file.From.Length > 0), $"/files/{index}", "recipe.file_needs_one", file.To);
            sink.Require(file.Text is not null || file.From.Length == 0 || IsSource(file.From), $"/files/{index}/from", "recipe.source_invalid", file.From);
            sink.Require(file.Text is null || IsFileText(file.Text), $"/files/{index}/text", "recipe.text_invalid", file.To, MaxText >> 10);
        }

        sink.Unique("/files", files.Select(file => file.Key));
    }

    internal static bool IsFileText(string text) =>
        text.Length <= MaxText && IsText(text) && (text.Length == 0 || text.EndsWith('\n'))
        && text.Split('\n').All(line => Encoding.UTF8.GetByteCount(line) < DockerfileSyntax.MaxLineBytes);

    private static void CheckCommand(IReadOnlyList<string> command, RecipeProblems sink)
    {
        sink.Count("/command", command.Count);
        sink.Require(command.Sum(word => word.Length) <= MaxCommand, "/command", "recipe.command_too_long", "", MaxCommand);
        sink.Require(command.Count == 0 || command[0].Length > 0, "/command/0", "recipe.command_empty", "");
        foreach (var (index, word) in command.Index())
        {
            sink.Require(IsText(word), $"/command/{index}", "recipe.word_invalid", index + 1);
        }
    }

    [GeneratedRegex("""\A[a-z0-9]+([._-]+[a-z0-9]+)*\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NameRegex();

    [GeneratedRegex("""\A[A-Za-z_][A-Za-z0-9_]{0,127}\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex VariableRegex();

    [GeneratedRegex("""\A[a-z0-9]([a-z0-9._/-]{0,126}[a-z0-9])?\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LabelRegex();

    [GeneratedRegex("""\A/[\p{L}\p{N}._+@%,/-]{0,500}\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PathRegex();

    [GeneratedRegex("""\A[\p{L}\p{N}._][\p{L}\p{N}._+@%,/-]{0,500}\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SourceRegex();

    [GeneratedRegex("""\A([a-z_][a-z0-9_-]{0,31}|[0-9]{1,10})(:([a-z_][a-z0-9_-]{0,31}|[0-9]{1,10}))?\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UserRegex();
}
