using AvaConsole.Core.Images.Dockerfiles;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>What one instruction adds to a recipe.</summary>
internal static class InstructionMapping
{
    private static readonly HashSet<string> s_aptFlags = new(StringComparer.Ordinal) { "-y", "--yes", "--no-install-recommends" };

    /// <summary>The part that it belongs to and the recipe with it; null where the recipe has no member for it.</summary>
    public static (RecipePart Part, ImageRecipe Recipe)? Map(DockerfileInstruction instruction, ImageRecipe recipe)
    {
        if (instruction.Flags.Count > 0 || IsFull(recipe))
        {
            return null;
        }

        return instruction.Keyword switch
        {
            "ENV" => Environment(instruction, recipe) is { } read ? (RecipePart.Environment, read) : null,
            "LABEL" => Labels(instruction, recipe) is { } read ? (RecipePart.Labels, read) : null,
            "RUN" when instruction is { Json: null, Heredocs.Count: 0 } => Run(ShellScript.Commands(instruction.Arguments), recipe),
            "COPY" => File(instruction) is { } file && !recipe.Files.Any(other => other.Key == file.Key)
                ? (RecipePart.Files, recipe with { Files = [.. recipe.Files, file] })
                : null,
            "WORKDIR" when recipe.WorkingDirectory.Length == 0 && RecipeCheck.IsPath(instruction.Arguments) =>
                (RecipePart.WorkingDirectory, recipe with { WorkingDirectory = instruction.Arguments }),
            "USER" when recipe.User.Length == 0 && RecipeCheck.IsUser(instruction.Arguments) => (RecipePart.User, recipe with { User = instruction.Arguments }),
            "CMD" when recipe.Command.Count == 0 && instruction.Json is [{ Length: > 0 }, ..] words && IsCommand(words) => (RecipePart.Command, recipe with { Command = words }),
            _ => null,
        };
    }

    private static bool IsFull(ImageRecipe recipe) =>
        Math.Max(Math.Max(recipe.Environment.Count, recipe.Labels.Count), Math.Max(Math.Max(recipe.Apt.Count, recipe.Pip.Count), recipe.Files.Count)) >= RecipeCheck.MaxEntries;

    private static bool IsCommand(IReadOnlyList<string> words) =>
        words.Count <= RecipeCheck.MaxEntries && words.Sum(word => word.Length) <= RecipeCheck.MaxCommand && words.All(RecipeCheck.IsText);

    private static ImageRecipe? Environment(DockerfileInstruction instruction, ImageRecipe recipe) =>
        Pairs(instruction.Arguments) is { } pairs && pairs.All(pair => RecipeCheck.IsVariable(pair.Key)) ? recipe with { Environment = With(recipe.Environment, pairs) } : null;

    private static ImageRecipe? Labels(DockerfileInstruction instruction, ImageRecipe recipe)
    {
        if (Pairs(instruction.Arguments) is not { } pairs || !pairs.All(pair => RecipeCheck.IsLabel(pair.Key)))
        {
            return null;
        }

        var title = pairs.FindLast(pair => pair.Key == RecipeLabels.Title).Value;
        var named = title is null ? recipe : recipe with { Name = title };
        var following = RecipeLabels.Of(named).ToDictionary();
        return pairs.TrueForAll(pair => !RecipeLabels.Follows(pair.Key) || following.GetValueOrDefault(pair.Key) == pair.Value) && RecipeCheck.IsName(named.Name)
            ? named with { Labels = With(recipe.Labels, pairs.Where(pair => !RecipeLabels.Follows(pair.Key))) }
            : null;
    }

    private static SortedDictionary<string, string> With(IReadOnlyDictionary<string, string> texts, IEnumerable<KeyValuePair<string, string>> more)
    {
        var all = new SortedDictionary<string, string>(texts.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            all[name] = value;
        }

        return all;
    }

    /// <summary><c>A=1 B="two"</c>; null where one of them is no such pair, or hangs on a variable.</summary>
    private static List<KeyValuePair<string, string>>? Pairs(string arguments)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var word in ShellWords.Raw(arguments))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || DockerfileWord.Read(word[(equals + 1)..]) is not { } value || !RecipeCheck.IsValue(value))
            {
                return null;
            }

            pairs.Add(KeyValuePair.Create(DockerfileWord.Read(word[..equals]) ?? "", value));
        }

        return pairs.Count > 0 ? pairs : null;
    }

    private static (RecipePart Part, ImageRecipe Recipe)? Run(IReadOnlyList<ShellCommand> commands, ImageRecipe recipe)
    {
        if (commands.Count == 0 || !commands.All(command => command.IsPlain && command.Joint is "" or "&&"))
        {
            return null;
        }

        if (commands is [{ Words: ["pip", "install", ..] } call])
        {
            var pip = call.Words.Skip(2).Where(word => word != "--no-cache-dir").Select(word => PipPackage.TryParse(word, out var package) ? package : null).ToList();
            return pip.Count > 0 && !pip.Contains(null) && IsNew(recipe.Pip.Concat(pip.OfType<PipPackage>()).Select(package => package.Key))
                ? (RecipePart.Pip, recipe with { Pip = [.. recipe.Pip, .. pip.OfType<PipPackage>()] })
                : null;
        }

        return Apt(commands) is { } apt && IsNew(recipe.Apt.Concat(apt).Select(package => package.Name)) ? (RecipePart.Apt, recipe with { Apt = [.. recipe.Apt, .. apt] }) : null;
    }

    private static bool IsNew(IEnumerable<string> names) => names.GroupBy(name => name, StringComparer.Ordinal).All(group => group.Count() == 1);

    /// <summary>Null unless the layer is made as the recipe makes it: lists fetched, nothing but what is named, lists removed.</summary>
    private static List<AptPackage>? Apt(IReadOnlyList<ShellCommand> commands)
    {
        if (commands is not [{ Words: ["apt-get", "update"] }, { } install, { Words: ["rm", "-rf", "/var/lib/apt/lists/*"] }]
            || install.Words is not (["DEBIAN_FRONTEND=noninteractive", "apt-get", "install", ..] or ["apt-get", "install", ..]))
        {
            return null;
        }

        var wanted = install.Call.Skip(2).ToList();
        var packages = wanted.Where(word => !s_aptFlags.Contains(word)).Select(word => AptPackage.TryParse(word, out var package) ? package : null).ToList();
        return wanted.Contains("--no-install-recommends") && packages.Count > 0 && !packages.Contains(null) ? [.. packages.OfType<AptPackage>()] : null;
    }

    private static RecipeFile? File(DockerfileInstruction instruction)
    {
        var words = instruction.Json ?? [.. ShellWords.Raw(instruction.Arguments)];
        if (words is not [var from, var to] || !RecipeCheck.IsPath(to))
        {
            return null;
        }

        return instruction.Heredocs switch
        {
            [{ Expands: false, IsClosed: true } text] when !to.EndsWith('/') && RecipeCheck.IsFileText(text.Content) => RecipeFile.OfText(to, text.Content),
            [] when RecipeCheck.IsSource(from) => RecipeFile.OfContext(to, from),
            _ => null,
        };
    }
}
