using System.Diagnostics;
using System.Globalization;

namespace AvaConsole.Inference.Trials;

/// <summary>How a child ended.</summary>
/// <param name="ExitCode">128 and the signal's number where a signal ended it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">The last of its standard error.</param>
/// <param name="TimedOut">It was ended because its time was over.</param>
internal sealed record ChildOutcome(int ExitCode, string Output, string Errors, bool TimedOut);

/// <summary>Runs the console's program as a child, bounded in time and in what it inherits.</summary>
internal static class ChildRun
{
    private const int MaxOutput = 1 << 20;
    private const int MaxErrors = 16 << 10;

    // A child that a hostile model may take over is not told the console's secrets, many of which are in its environment.
    private static readonly string[] s_inherited =
        ["PATH", "HOME", "LANG", "LC_ALL", "LOCPATH", "TMPDIR", "LD_LIBRARY_PATH", "DOTNET_ROOT", "CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES", "CUDA_HOME"];

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static async Task<ChildOutcome> RunAsync(ChildProgram program, IEnumerable<string> arguments, TimeSpan limit, CancellationToken ct)
    {
        using var process = new Process { StartInfo = Describe(program, arguments) };
        process.Start();
        var output = ReadAsync(process.StandardOutput, MaxOutput);
        var errors = ReadAsync(process.StandardError, MaxErrors);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
            return new ChildOutcome(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false), TimedOut: true);
        }

        return new ChildOutcome(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false), TimedOut: false);
    }

    private static ProcessStartInfo Describe(ChildProgram program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program.FileName, [.. program.Arguments, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var name in s_inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        // It lives for a second: no server heap, no dump of a crash that is expected, no optimising of what runs once.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = (512 << 20).ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    /// <summary>All of it is read, so that the child never waits for a reader; of much only the end is kept.</summary>
    private static async Task<string> ReadAsync(StreamReader reader, int most)
    {
        var text = new System.Text.StringBuilder();
        var buffer = new char[4096];
        for (int count; (count = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
        {
            text.Append(buffer, 0, count);
            if (text.Length > 2 * most)
            {
                text.Remove(0, text.Length - most);
            }
        }

        return text.ToString();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended at that moment.
        }
    }
}
