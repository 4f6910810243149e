using System.Collections.Frozen;
using System.Security.Cryptography;
using AvaConsole.Core.Common;

namespace AvaConsole.Inference.Operators;

/// <summary>
/// Which models may use operators that are not ONNX Runtime's own: those whose domains an administrator has allowed a library for, by the
/// configuration of this process. Nothing in a release can name one.
/// </summary>
internal sealed class CustomOperators(IReadOnlyList<CustomOperatorLibrary> allowed)
{
    private const int MostProblems = 10;

    private static readonly FrozenSet<string> s_known = ((string[])
    [
        "", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview", "ai.onnx.preview.training",
        "com.microsoft", "com.microsoft.experimental", "com.microsoft.nchwc", "com.ms.internal.nhwc",
    ]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Changes with what is allowed: for what remembers a model's trial.</summary>
    public string Key { get; } = string.Join('\n', allowed.Select(library => $"{library.Domain} {library.Library} {library.Sha256}"));

    /// <summary>ONNX Runtime's own domains.</summary>
    public static bool IsKnown(string domain) => s_known.Contains(domain);

    /// <summary>The libraries that a model needs: none for nearly all of them.</summary>
    /// <returns>
    /// Absolute paths, whose files are what the administrator allowed. Errors <c>package.custom_operator</c> (not allowed), <c>model.custom_library_missing</c> and
    /// <c>model.custom_library_changed</c>.
    /// </returns>
    public Result<IReadOnlyList<string>> LibrariesFor(string modelPath)
    {
        var foreign = OperatorScan.Read(modelPath)?.Where(name => !s_known.Contains(name.Domain)).OrderBy(name => name.Domain, StringComparer.Ordinal)
            .ThenBy(name => name.Name, StringComparer.Ordinal).ToList() ?? [];
        var domains = foreign.Select(name => name.Domain).Distinct(StringComparer.Ordinal).ToDictionary(domain => domain, Find, StringComparer.Ordinal);
        var file = Path.GetFileName(modelPath);
        var problems = foreign.Where(name => domains[name.Domain] is null)
            .Select(name => new Problem(file, "package.custom_operator", name.Name, name.Domain)).Take(MostProblems).ToList();
        if (problems.Count > 0)
        {
            return new InvalidError(problems);
        }

        var libraries = domains.Values.Select(library => library!).ToList();
        return libraries.Select(Check).FirstOrDefault(error => error is not null) is { } error
            ? error
            : libraries.ConvertAll(library => library.Library).Distinct(StringComparer.Ordinal).ToArray();
    }

    private CustomOperatorLibrary? Find(string domain) => allowed.FirstOrDefault(library => library.Domain == domain);

    private static UnavailableError? Check(CustomOperatorLibrary library)
    {
        try
        {
            using var file = File.OpenRead(library.Library);
            return Convert.ToHexString(SHA256.HashData(file)).Equals(library.Sha256, StringComparison.OrdinalIgnoreCase)
                ? null
                : new UnavailableError("model.custom_library_changed", library.Domain);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new UnavailableError("model.custom_library_missing", library.Domain);
        }
    }
}
