using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Recipes.Builds;

/// <summary>One call of the engine: words that no shell reads, both streams into the log, and its whole family ended with it.</summary>
internal static class EngineProcess
{
    /// <summary>What engines look at. The console's own variables may hold passwords, so nothing else is handed on.</summary>
    private static readonly string[] s_handedOn =
    [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH",
        "CONTAINER_HOST", "CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF", "CONTAINERS_REGISTRIES_CONF", "BUILDAH_ISOLATION", "STORAGE_DRIVER",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
    ];

    /// <summary>A killed family's pipes are closed; one that slipped away must not hold the build.</summary>
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(5);

    /// <returns>The exit code; <c>image_build.engine_missing</c> where there is no such program.</returns>
    /// <exception cref="OperationCanceledException">The process and all that it started were killed.</exception>
    public static async Task<Result<int>> RunAsync(string executable, IReadOnlyList<string> words, BuildFolder folder, string? input, BuildLog log, CancellationToken ct)
    {
        using var process = new Process { StartInfo = Describe(executable, words, folder) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new UnavailableError("image_build.engine_missing", executable);
        }

        var streams = Task.WhenAll(CopyAsync(process.StandardOutput.BaseStream, log), CopyAsync(process.StandardError.BaseStream, log));
        try
        {
            await FeedAsync(process, input, ct).ConfigureAwait(false);
            await process.WaitForExitAsync(ct).ConfigureAwait(false);
            await streams.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await streams.WaitAsync(s_lastWords, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return process.ExitCode;
    }

    private static ProcessStartInfo Describe(string executable, IReadOnlyList<string> words, BuildFolder folder)
    {
        var start = new ProcessStartInfo(executable, words)
        {
            WorkingDirectory = folder.Context,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        var known = start.Environment.ToDictionary(StringComparer.Ordinal);
        start.Environment.Clear();
        foreach (var name in s_handedOn.Where(known.ContainsKey))
        {
            start.Environment[name] = known[name];
        }

        // Log-ins of this build alone: Docker keeps them in the folder, Podman and Buildah in the file.
        start.Environment["DOCKER_CONFIG"] = folder.Configuration;
        start.Environment["REGISTRY_AUTH_FILE"] = Path.Combine(folder.Configuration, "auth.json");
        start.Environment["DOCKER_BUILDKIT"] = "1";
        return start;
    }

    private static async Task FeedAsync(Process process, string? input, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), ct).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want to read; its exit code says why.
        }
    }

    private static async Task CopyAsync(Stream stream, BuildLog log)
    {
        var (writer, buffer) = (log.OpenWriter(), new byte[16 * 1024]);
        try
        {
            while (await stream.ReadAsync(buffer).ConfigureAwait(false) is var length and > 0)
            {
                writer.Write(buffer.AsSpan(0, length));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process was killed.
        }

        writer.Flush();
    }
}
