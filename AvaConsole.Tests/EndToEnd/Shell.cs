using System.Diagnostics;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>Runs a command as a person would paste it.</summary>
internal static class Shell
{
    /// <returns>Standard output. A command that fails throws with what it said.</returns>
    public static async Task<string> RunAsync(string command, string folder)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"The command ended with {process.ExitCode}: {await errors}");
    }
}
