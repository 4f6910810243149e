using System.Globalization;

namespace AvaConsole.Web.Infrastructure.EmbeddedPostgres;

/// <summary>
/// What a console that was killed may leave: a <c>postmaster.pid</c>, with or without the server that wrote it. The caller holds the
/// data directory's lock, so no living console owns that server.
/// </summary>
internal sealed class PostmasterPid(string dataFolder)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private string FilePath => Path.Combine(dataFolder, "postmaster.pid");

    /// <summary>Stops the server that is left, if one is, and removes the file.</summary>
    public async Task ClearAsync(CancellationToken ct)
    {
        if (!File.Exists(FilePath)) return;
        var pid = await ReadAsync(ct);
        if (pid > 0 && IsServerOfThisData(pid))
        {
            Posix.Signal(pid, Posix.SigInt);
            if (!await WaitForEndAsync(pid, ct))
            {
                Posix.Signal(pid, Posix.SigQuit);
                await WaitForEndAsync(pid, ct);
            }
        }

        File.Delete(FilePath);
    }

    private async Task<int> ReadAsync(CancellationToken ct)
    {
        var lines = await File.ReadAllLinesAsync(FilePath, ct);
        return lines.Length > 0 && int.TryParse(lines[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var pid) ? pid : 0;
    }

    private async Task<bool> WaitForEndAsync(int pid, CancellationToken ct)
    {
        for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started) < s_patience;)
        {
            if (!IsServerOfThisData(pid)) return true;
            await Task.Delay(20, ct);
        }

        return false;
    }

    /// <summary>Process numbers are reused: only a server whose command line names this folder is ours.</summary>
    private bool IsServerOfThisData(int pid)
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            var folder = Array.IndexOf(arguments, "-D") + 1;
            return Path.GetFileName(arguments[0]) == "postgres" && folder > 0 && folder < arguments.Length
                && Path.GetFullPath(arguments[folder]) == Path.GetFullPath(dataFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
