using System.Diagnostics;

namespace AvaConsole.Tests.Support;

/// <summary>
/// A server that ends with the test run, even when the run is killed: a shell holds it and waits for a line on its standard
/// input, which names the signal to send. The end of the input, when this process is gone, means INT.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const string Script = """
        log=$1; remove=$2; shift 2
        "$@" </dev/null >>"$log" 2>&1 &
        child=$!
        if ! read -r signal; then signal=INT; gone=1; fi
        kill -"$signal" $child 2>/dev/null
        wait $child
        [ -n "$gone" ] && [ -n "$remove" ] && rm -rf "$remove"
        exit 0
        """;

    private readonly Process _shell;
    private readonly string _log;

    private ChildProcess(Process shell, string log)
    {
        _shell = shell;
        _log = log;
    }

    /// <param name="log">File that gets its output.</param>
    /// <param name="removeIfOrphaned">Folder to delete where this process did not stop it.</param>
    public static ChildProcess Start(string log, string? removeIfOrphaned, params IEnumerable<string> command)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true };
        foreach (var argument in new[] { "-c", Script, "sh", log, removeIfOrphaned ?? "" }.Concat(command))
            start.ArgumentList.Add(argument);
        return new ChildProcess(Process.Start(start)!, log);
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task RunAsync(params IEnumerable<string> command)
    {
        var start = new ProcessStartInfo(command.First()) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {await output} {await errors}");
    }

    /// <summary>Waits until <paramref name="isReady"/>; its exceptions mean "not yet".</summary>
    public async Task WaitUntilAsync(Func<Task<bool>> isReady)
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        Exception? last = null;
        while (DateTime.UtcNow < deadline)
        {
            try
            {
                if (await isReady())
                    return;
            }
            catch (Exception notYet)
            {
                last = notYet;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"A server did not start. {await File.ReadAllTextAsync(_log)}", last);
    }

    /// <param name="signal">TERM, INT, KILL…</param>
    public async Task StopAsync(string signal)
    {
        if (!_shell.HasExited)
        {
            await _shell.StandardInput.WriteLineAsync(signal);
            _shell.StandardInput.Close();
            await _shell.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync("INT");
        _shell.Dispose();
    }
}
