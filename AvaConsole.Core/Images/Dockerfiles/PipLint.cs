using System.Buffers;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Rules for <c>pip install</c> in a layer, and for packages that do not go with the base's device.</summary>
internal static class PipLint
{
    /// <summary>Options that take the next word.</summary>
    private static readonly HashSet<string> s_withValue = new(StringComparer.Ordinal)
    {
        "-i", "--index-url", "--extra-index-url", "-r", "--requirement", "-c", "--constraint", "-f", "--find-links", "-t", "--target", "--trusted-host", "--proxy", "--prefix", "--root",
        "--timeout", "--retries", "--platform", "--python-version", "-e", "--editable",
    };

    /// <summary>What may follow <c>pip</c> in the program's name.</summary>
    private static readonly SearchValues<char> s_versionCharacters = SearchValues.Create("0123456789.");

    public static void Check(DockerfileInstruction run, IReadOnlyList<ShellCommand> commands, ImageTag? tag, DockerfileSink sink)
    {
        var installs = commands.Select(command => Wanted(RunLint.Bare(command))).OfType<List<string>>().ToList();
        foreach (var words in installs)
        {
            var packages = Packages(words);
            foreach (var package in packages)
            {
                if (!package.IsPinned) sink.Add("dockerfile.pip_unpinned", run.Line, package.Name);
                if (tag is not null) CheckDevice(package, tag, run.Line, sink);
            }

            if (!words.Contains("--no-cache-dir") && !run.Flags.Any(flag => flag.StartsWith("--mount=", StringComparison.Ordinal)))
            {
                sink.Add("dockerfile.pip_cache", run.Line, installs.Count == 1 ? Fix(run) : null, []);
            }
        }
    }

    /// <summary>The words behind <c>pip install</c>; null for another command.</summary>
    private static List<string>? Wanted(IReadOnlyList<string> call)
    {
        var at = call switch
        {
            [['p', 'i', 'p', ..] name, ..] when name.AsSpan(3).IndexOfAnyExcept(s_versionCharacters) < 0 => 1,
            [['p', 'y', 't', 'h', 'o', 'n', ..], "-m", "pip", ..] => 3,
            _ => call.Count,
        };
        var words = call.Skip(at).SkipWhile(word => word is ['-', ..]).ToList();
        return words is ["install", ..] ? words[1..] : null;
    }

    private static List<PipPackage> Packages(List<string> words)
    {
        var packages = new List<PipPackage>();
        for (var index = 0; index < words.Count; index++)
        {
            if (s_withValue.Contains(words[index]))
            {
                index++;
            }
            else if (PipPackage.TryParse(words[index], out var package) && !words[index].EndsWith(".whl", StringComparison.Ordinal) && !words[index].EndsWith(".gz", StringComparison.Ordinal))
            {
                packages.Add(package);
            }
        }

        return packages;
    }

    private static void CheckDevice(PipPackage package, ImageTag tag, int line, DockerfileSink sink)
    {
        if (tag.Cuda.Length == 0 && DevicePackages.IsForGpu(package))
        {
            sink.Add("dockerfile.gpu_package_on_cpu", line, package.Name, tag.ToString());
        }
        else if (tag.Cuda.Length > 0 && DevicePackages.IsForCpu(package))
        {
            sink.Add("dockerfile.cpu_package_on_gpu", line, package.Name, tag.ToString());
        }
        else if (tag.Cuda.Length > 0 && DevicePackages.CudaOf(package) is { Length: > 0 } cuda && tag.Cuda != cuda && !tag.Cuda.StartsWith(cuda + ".", StringComparison.Ordinal))
        {
            sink.Add("dockerfile.cuda_other", line, package.Name, cuda, tag.Cuda);
        }
    }

    private static DockerfileFix? Fix(DockerfileInstruction run)
    {
        const string words = "pip install ";
        var at = run.Raw.IndexOf(words, StringComparison.Ordinal);
        return at >= 0 && run.Raw.IndexOf(words, at + 1, StringComparison.Ordinal) < 0
            ? new DockerfileFix(run.Line, run.EndLine, $"{run.Raw[..at]}pip install --no-cache-dir {run.Raw[(at + words.Length)..]}")
            : null;
    }
}
