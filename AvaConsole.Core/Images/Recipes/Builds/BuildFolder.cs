using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Dockerfiles;

namespace AvaConsole.Core.Images.Recipes.Builds;

/// <summary>What one build has on the disk: the folder that is built, and beside it the engine's log-ins. All of it goes with the build.</summary>
internal sealed class BuildFolder : IDisposable
{
    private const string Texts = "texts";

    private readonly string _root;

    private BuildFolder(string root) => _root = root;

    /// <summary>The folder that is built: <c>Dockerfile</c> and the recipe's texts.</summary>
    public string Context => Path.Combine(_root, "context");

    /// <summary>For the log-ins; outside of what is built.</summary>
    public string Configuration => Path.Combine(_root, "configuration");

    /// <summary>Where an engine writes the digest of what it pushed.</summary>
    public string DigestFile => Path.Combine(_root, "digest");

    /// <summary>
    /// Texts become files of the folder, so that they need nothing of the builder. A recipe that takes a file of a folder elsewhere cannot be built here:
    /// <c>image_build.needs_file</c>.
    /// </summary>
    public static async Task<Result<BuildFolder>> CreateAsync(DataDirectory data, Guid build, ImageRecipe recipe, CancellationToken ct)
    {
        if (FindMissing(recipe) is { } missing)
        {
            return new ConflictError("image_build.needs_file", missing);
        }

        Directory.CreateDirectory(data.Staging);
        var folder = new BuildFolder(Path.Combine(data.Staging, $"build-{build:n}"));
        try
        {
            await folder.WriteAsync(recipe, ct).ConfigureAwait(false);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An engine left what is not ours; the folder of uploads under way is emptied when the console starts.
        }
    }

    /// <summary>The first file that would have to be in the folder; null where none is needed.</summary>
    internal static string? FindMissing(ImageRecipe recipe) =>
        DockerfileSyntax.Parse(DockerfileWriter.Write(recipe)).Value!.Instructions
            .Where(instruction => instruction.Keyword is "COPY" or "ADD" && instruction.Flag("from") is null)
            .SelectMany(Sources)
            .FirstOrDefault();

    /// <summary>All but the last word, which says where to; texts within the Dockerfile and addresses are no files of the folder.</summary>
    private static IEnumerable<string> Sources(DockerfileInstruction instruction) =>
        (instruction.Json ?? [.. ShellWords.Raw(instruction.Arguments)]).SkipLast(1)
            .Where(word => !word.StartsWith("<<", StringComparison.Ordinal)
                && !(instruction.Keyword == "ADD" && (word.Contains("://", StringComparison.Ordinal) || word.StartsWith("git@", StringComparison.Ordinal))));

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task WriteAsync(ImageRecipe recipe, CancellationToken ct)
    {
        MakePrivate(_root);
        MakePrivate(Configuration);
        Directory.CreateDirectory(Path.Combine(Context, Texts));
        var files = new List<RecipeFile>(recipe.Files.Count);
        foreach (var (index, file) in recipe.Files.Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Texts}/{index}");
            await File.WriteAllTextAsync(Path.Combine(Context, name), file.Text, ct).ConfigureAwait(false);
            files.Add(RecipeFile.OfContext(file.To, name));
        }

        await File.WriteAllTextAsync(Path.Combine(Context, "Dockerfile"), DockerfileWriter.Write(recipe with { Files = files }), ct).ConfigureAwait(false);
    }
}
