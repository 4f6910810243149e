using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Bench;

/// <summary><c>asectl serve</c> as a process of its own, on a port that is free.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly Process _process;

    private ServeProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public static async Task<ServeProcess> StartAsync(string models)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServeProcess).Assembly.Location);
        }

        foreach (var argument in (string[])[Asectl.Name, "serve", "--models", models, "--urls", "http://127.0.0.1:0", "--format", "json"])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var document = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            document.AppendLine(line);

            // The document is indented: it ends with a brace of its own line.
            if (line == "}")
            {
                return new ServeProcess(process, new Uri((string)JsonNode.Parse(document.ToString())!["urls"]![0]!));
            }
        }

        throw new CliFailureException(CliExit.Unavailable, CliTexts.Of("BenchNoServer"));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
