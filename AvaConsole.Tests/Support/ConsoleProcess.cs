using System.Diagnostics;
using System.Text;
using AvaConsole.Web.Account;

namespace AvaConsole.Tests.Support;

/// <summary>
/// The console as its users run it: the built program in a process of its own, with its own data directory and port. Ends with the test
/// run, even when that is killed: its parent-death signal is set.
/// </summary>
public sealed class ConsoleProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TemporaryDirectory? _ownFolder;

    private ConsoleProcess(Process process, TemporaryDirectory? ownFolder, string data, Uri baseUrl) =>
        (_process, _ownFolder, Data, BaseUrl) = (process, ownFolder, data, baseUrl);

    /// <summary>Where it listens.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Its data directory.</summary>
    public string Data { get; }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    /// <summary>The link to the first account; null where an account exists.</summary>
    public Uri? SignInLink => Output.Split('\n').Select(line => line.Trim().Split(' ')[^1]).Where(word => word.Contains("/account/first?token=", StringComparison.Ordinal))
        .Select(word => new Uri(word)).SingleOrDefault();

    /// <summary>Standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>Standard error so far: the log, and why a start failed.</summary>
    public string Errors => Read(_errors);

    /// <summary>Starts and waits until the console says that it is ready.</summary>
    /// <param name="data">An existing data directory; null for one that goes with the process.</param>
    public static async Task<ConsoleProcess> StartAsync(string? data = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var console = Launch(data, settings);
        var first = await Task.WhenAny(console._ready.Task, console._process.WaitForExitAsync(), Task.Delay(s_patience));
        if (first == console._ready.Task) return console;
        var said = console.Output + console.Errors;
        await console.DisposeAsync();
        throw new InvalidOperationException("The console did not start: " + said);
    }

    /// <summary>Starts a console that is expected to give up, and waits until it did.</summary>
    public static async Task<ConsoleProcess> StartAndFailAsync(string? data = null, IReadOnlyDictionary<string, string>? settings = null, params IReadOnlyList<string> prefix)
    {
        var console = Launch(data, settings, prefix);
        try
        {
            await console.WaitForExitAsync();
            return console;
        }
        catch
        {
            await console.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client with its own cookies that follows no redirects.</summary>
    public ConsoleClient CreateClient() => new(BaseUrl);

    /// <param name="signal">TERM as a service manager sends it, INT for Ctrl-C, KILL for a crash.</param>
    public async Task StopAsync(string signal = "TERM")
    {
        if (!_process.HasExited)
        {
            await ChildProcess.RunAsync("/bin/kill", $"-{signal}", $"{Id}");
            await WaitForExitAsync();
        }
    }

    public Task WaitForExitAsync() => _process.WaitForExitAsync().WaitAsync(s_patience);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        _ownFolder?.Dispose();
    }

    private static ConsoleProcess Launch(string? data, IReadOnlyDictionary<string, string>? settings, params IReadOnlyList<string> prefix)
    {
        var folder = data is null ? new TemporaryDirectory() : null;
        data ??= folder!.Combine("data");
        var url = new Uri(settings?.GetValueOrDefault("Urls") ?? $"http://127.0.0.1:{FreePort.Next()}");
        IReadOnlyList<string> command =
        [
            // Whoever runs the tests in the background has them, and what they start, ignore INT.
            .. prefix, "/usr/bin/env", "--default-signal=INT", "/usr/bin/setpriv", "--pdeathsig=TERM", "dotnet", typeof(AccountUrls).Assembly.Location,
            "--data", data, "--urls", url.GetLeftPart(UriPartial.Authority),
        ];
        var info = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["DOTNET_gcServer"] = "0";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) info.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return Run(info, folder, data, url);
    }

    private static ConsoleProcess Run(ProcessStartInfo info, TemporaryDirectory? folder, string data, Uri url)
    {
        var process = new Process { StartInfo = info };
        var console = new ConsoleProcess(process, folder, data, url);
        process.OutputDataReceived += (_, line) => console.Keep(console._output, line.Data);
        process.ErrorDataReceived += (_, line) => console.Keep(console._errors, line.Data);

        // The kernel sends the parent-death signal when the thread that forked ends: one that never does.
        var started = new TaskCompletionSource();
        new Thread(() =>
        {
            try
            {
                process.Start();
                started.SetResult();
                process.WaitForExit();
            }
            catch (Exception exception)
            {
                started.TrySetException(exception);
            }
        })
        { IsBackground = true }.Start();
        started.Task.GetAwaiter().GetResult();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return console;
    }

    private void Keep(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
        if (text == _output && (line.StartsWith("Open http", StringComparison.Ordinal) || line.Contains("/account/first?token=", StringComparison.Ordinal))) _ready.TrySetResult();
    }

    private static string Read(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
