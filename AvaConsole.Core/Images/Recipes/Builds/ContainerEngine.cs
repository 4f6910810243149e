using System.Text.RegularExpressions;
using AvaConsole.Core.Common;
using Microsoft.Extensions.Options;

namespace AvaConsole.Core.Images.Recipes.Builds;

/// <summary>The program that builds, logs in and pushes. Docker, Podman and Buildah share the words that are used here, but for the digest of what was pushed.</summary>
public sealed partial class ContainerEngine(IOptions<ContainerEngineOptions> options)
{
    /// <summary>Null where none is configured.</summary>
    public string? Name => Executable.Length == 0 ? null : Path.GetFileName(Executable);

    internal TimeSpan Timeout => TimeSpan.FromSeconds(options.Value.TimeoutSeconds);

    private string Executable => options.Value.Executable.Trim();

    private bool WritesDigestFile => Name is { } name && (name.Contains("podman", StringComparison.OrdinalIgnoreCase) || name.Contains("buildah", StringComparison.OrdinalIgnoreCase));

    /// <summary>The password goes through standard input alone.</summary>
    internal async Task<Error?> LoginAsync(BuildFolder folder, string host, string user, string password, BuildLog log, CancellationToken ct)
    {
        log.Hide(password);
        var ended = await RunAsync(["login", "--username", user, "--password-stdin", host], folder, password, log, ct).ConfigureAwait(false);
        return ended.Error ?? (ended.Value == 0 ? null : new UnavailableError("image_build.login_failed", host, ended.Value));
    }

    internal async Task<Error?> BuildAsync(BuildFolder folder, string target, BuildLog log, CancellationToken ct)
    {
        var ended = await RunAsync(["build", "--tag", target, "--file", "Dockerfile", "."], folder, null, log, ct).ConfigureAwait(false);
        return ended.Error ?? (ended.Value == 0 ? null : new UnavailableError("image_build.build_failed", ended.Value));
    }

    /// <returns>The digest; empty where the engine did not say it.</returns>
    internal async Task<Result<string>> PushAsync(BuildFolder folder, string target, BuildLog log, CancellationToken ct)
    {
        IReadOnlyList<string> words = WritesDigestFile ? ["push", "--digestfile", folder.DigestFile, target] : ["push", target];
        var ended = await RunAsync(words, folder, null, log, ct).ConfigureAwait(false);
        if (!ended.IsSuccess)
        {
            return ended.Error;
        }

        if (ended.Value != 0)
        {
            return new UnavailableError("image_build.push_failed", target, ended.Value);
        }

        var said = File.Exists(folder.DigestFile) ? await File.ReadAllTextAsync(folder.DigestFile, ct).ConfigureAwait(false) : Pushed().Matches(log.ToString()).LastOrDefault()?.Groups[1].Value ?? "";
        return ImageReference.IsDigest(said.Trim()) ? said.Trim() : "";
    }

    private Task<Result<int>> RunAsync(IReadOnlyList<string> words, BuildFolder folder, string? input, BuildLog log, CancellationToken ct)
    {
        log.Add($"$ {Name} {string.Join(' ', words.Select(Dockerfiles.ShellWords.Quote))}");
        return EngineProcess.RunAsync(Executable, words, folder, input, log, ct);
    }

    // Docker's last line of a push: "py27-cpu: digest: sha256:… size: 1234".
    [GeneratedRegex("""digest: (sha256:[0-9a-f]{64})""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pushed();
}
