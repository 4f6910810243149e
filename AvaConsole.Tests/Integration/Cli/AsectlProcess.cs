using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace AvaConsole.Tests.Integration.Cli;

/// <summary>What a run of <c>asectl</c> said.</summary>
public sealed record AsectlRun(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The launcher beside the built program, run as a user runs it.</summary>
public static class AsectlProcess
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static string Launcher => Path.Combine(AppContext.BaseDirectory, "asectl");

    public static Task<AsectlRun> RunAsync(string folder, params IReadOnlyList<string> arguments) => RunAsync(folder, null, null, arguments);

    /// <param name="input">Standard input; null for an empty one.</param>
    public static async Task<AsectlRun> RunAsync(string folder, string? input, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string> arguments, string? launcher = null)
    {
        using var process = Start(folder, environment, arguments, launcher);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await WriteAsync(process, input ?? "");
        await process.WaitForExitAsync().WaitAsync(s_patience);
        return new AsectlRun(process.ExitCode, await output, await errors);
    }

    public static Process Start(string folder, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string> arguments, string? launcher = null)
    {
        var start = new ProcessStartInfo(launcher ?? Launcher, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in (string[])["LC_ALL", "LC_MESSAGES", "ASECTL_CONSOLE", "ASECTL_USER", "ASECTL_PASSWORD"]) start.Environment.Remove(name);
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading.
        }
    }
}
