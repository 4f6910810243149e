using System.Diagnostics;
using AvaConsole.Web.Infrastructure.StartUp;

namespace AvaConsole.Web.Infrastructure.EmbeddedPostgres;

/// <summary>The running server.</summary>
internal sealed class PostgresProcess
{
    private const string ReadyText = "database system is ready to accept connections";
    private const int KeptLines = 40;

    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();
    private readonly ProcessStartInfo _info;

    private PostgresProcess(ProcessStartInfo info) => _info = info;

    /// <summary>Completes when the server ended, whoever ended it.</summary>
    public Task Exited => _exited.Task;

    public string LastLine => LastLines() is [.., var last] ? last : "it gave no reason";

    public static PostgresProcess Start(IReadOnlyList<string> command)
    {
        var server = new PostgresProcess(PostgresCluster.CreateStartInfo(command));

        // The kernel's parent-death signal follows the thread that forked, not the process: a pool thread that is
        // retired would shut the server down. This thread lives exactly as long as the server.
        new Thread(server.Run) { IsBackground = true, Name = "Embedded PostgreSQL" }.Start();
        return server;
    }

    /// <exception cref="StartUpException">It ended instead.</exception>
    public async Task WaitUntilReadyAsync(string dataRoot, CancellationToken ct)
    {
        await _started.Task;
        await Task.WhenAny(_ready.Task, _exited.Task).WaitAsync(ct);
        if (_ready.Task.IsCompletedSuccessfully) return;
        var lines = LastLines();
        var reason = lines.LastOrDefault(IsReason) ?? LastLine;
        throw new StartUpException(
            ExitCodes.Unavailable,
            StartUpFailures.IsNoSpace(string.Join('\n', lines))
                ? StartUpFailures.DiskFull(dataRoot)
                : $"The embedded PostgreSQL did not start: {reason}");
    }

    /// <summary>Fast shutdown; where that hangs, immediate shutdown, from which it recovers at its next start.</summary>
    public async Task StopAsync()
    {
        if (_exited.Task.IsCompleted) return;
        var pid = await _started.Task;
        Posix.Signal(pid, Posix.SigInt);
        if (await Task.WhenAny(_exited.Task, Task.Delay(TimeSpan.FromSeconds(15))) == _exited.Task) return;
        Posix.Signal(pid, Posix.SigQuit);
        await _exited.Task;
    }

    private void Run()
    {
        try
        {
            using var process = Process.Start(_info)!;
            process.StandardInput.Close();
            process.StandardOutput.Close();
            _started.SetResult(process.Id);
            while (process.StandardError.ReadLine() is { } line) Keep(line);
            process.WaitForExit();
        }
        catch (Exception exception)
        {
            _started.TrySetException(exception);
        }

        _exited.SetResult();
    }

    private void Keep(string line)
    {
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines) _lastLines.Dequeue();
        }

        if (line.Contains(ReadyText, StringComparison.Ordinal)) _ready.TrySetResult();
    }

    private List<string> LastLines()
    {
        lock (_lastLines)
        {
            return [.. _lastLines];
        }
    }

    private static bool IsReason(string line) => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("PANIC", StringComparison.Ordinal);
}
