using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Folders;
using AvaConsole.Inference.Trials;
using AvaConsole.Web.Cli.Common;
using AvaConsole.Web.Serving.OpenInference;

namespace AvaConsole.Web.Cli.Serve;

/// <summary><c>asectl serve</c>: a folder of models over the Open Inference Protocol.</summary>
internal sealed class ServeVerb : Verb
{
    private const string UsualUrl = "http://127.0.0.1:8000";

    private readonly Option<string> _models = CliOptions.Required("--models", "OptionModels", "DIR");
    private readonly Option<string[]> _urls = new("--urls") { Description = CliTexts.Of("OptionUrls"), HelpName = "URL", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _remote = CliOptions.Flag("--allow-remote", "OptionAllowRemote");
    private readonly Option<string> _provider = CliOptions.Choice("--provider", "OptionProvider", "auto", "auto", "cpu", "cuda");
    private readonly Option<int> _batch = Count("--batch-size", "OptionBatchSize", 16, 1, 4096);
    private readonly Option<int> _threads = Count("--threads", "OptionThreads", 0, 0, 256);
    private readonly Option<int> _runs = Count("--runs", "OptionRuns", 0, 0, 256);

    public ServeVerb()
        : base("serve", "Serve", "asectl serve --models models --urls http://127.0.0.1:8000")
    {
        foreach (var option in (Option[])[_models, _urls, _remote, _provider, _batch, _threads, _runs])
        {
            Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var options = Read(arguments);
        return RunAsync(options, output).GetAwaiter().GetResult();
    }

    internal static Option<int> Count(string name, string key, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = CliTexts.Of(key), HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !(int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most))
            {
                result.AddError(CliTexts.Of("CountOutside", name, given, least, most));
            }
        });
        return option;
    }

    private static async Task<int> RunAsync(ServeOptions options, CliOutput output)
    {
        await using var host = await StartAsync(options);
        if (output.IsJson)
        {
            output.Json(ToJson(host));
        }
        else
        {
            Show(output, host);
        }

        output.Writer.Flush();
        await host.WaitAsync(CancellationToken.None);
        return CliExit.Success;
    }

    private static async Task<ServeHost> StartAsync(ServeOptions options)
    {
        try
        {
            return await ServeHost.StartAsync(options, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException)
        {
            throw new CliFailureException(CliExit.BadInput, CliTexts.Of("ServeNotListening", string.Join(", ", options.Urls)));
        }
    }

    private ServeOptions Read(ParseResult arguments)
    {
        var folder = arguments.GetValue(_models)!;
        if (!Directory.Exists(folder))
        {
            throw new CliFailureException(CliExit.BadInput, CliTexts.Of("FolderMissing", folder));
        }

        var urls = ReadUrls(arguments.GetValue(_urls) is { Length: > 0 } given ? given : [UsualUrl]);
        if (!arguments.GetValue(_remote) && urls.Find(url => !url.IsLoopback) is { } open)
        {
            throw new CliFailureException(CliExit.BadInput, CliTexts.Of("ServeRemote", open));
        }

        return new ServeOptions
        {
            Models = new ModelFolderOptions { Path = folder, BatchSize = arguments.GetValue(_batch) },
            Urls = urls,
            Provider = arguments.GetValue(_provider)!,
            Threads = arguments.GetValue(_threads),
            Runs = arguments.GetValue(_runs),
            Child = ChildProgram.Of(typeof(Asectl).Assembly),
        };
    }

    private static List<ServeUrl> ReadUrls(IEnumerable<string> given) => given
        .SelectMany(text => text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Select(text => ServeUrl.Parse(text) ?? throw new CliFailureException(CliExit.BadInput, CliTexts.Of("ServeUrlInvalid", text)))
        .ToList();

    private static void Show(CliOutput output, ServeHost host)
    {
        var statuses = host.Folder.Statuses;
        var width = statuses.Select(status => status.App.Length + status.Version.Length + 1).Append(12).Max();
        foreach (var status in statuses)
        {
            var name = $"{status.App}/{status.Version}".PadRight(width);
            output.Line(status.State == ModelStates.Serving
                ? $"{output.Green("READY      ")} {name}  {Describe(host, status)}"
                : $"{output.Red("UNAVAILABLE")} {name}  {CliTexts.OfCode(status.ReasonCode, status.ReasonArgs)}");
        }

        if (statuses.Count == 0)
        {
            output.Line(CliTexts.Of("ServeNothing"));
        }

        output.Line();
        output.Line(CliTexts.Of("ServeListening", string.Join(", ", host.Urls.Select(url => url + "/v2"))));
    }

    private static string Describe(ServeHost host, ModelStatus status)
    {
        using var lease = host.Folder.TryAcquireVersion(status.App, status.Version);
        if (lease is null)
        {
            return "";
        }

        var signature = PublishedSignature.Of(lease.Model.Signature);
        return $"{Describe(signature.Inputs)} → {Describe(signature.Outputs)}";
    }

    private static string Describe(IEnumerable<PublishedPort> ports) =>
        string.Join(", ", ports.Select(port => $"{port.Name} {port.Datatype}[{string.Join(',', port.Shape.Select(length => length < 0 ? "?" : length.ToString(CultureInfo.InvariantCulture)))}]"));

    private static JsonObject ToJson(ServeHost host) => new()
    {
        ["urls"] = new JsonArray([.. host.Urls.Select(url => JsonValue.Create(url))]),
        ["models"] = new JsonArray([.. host.Folder.Statuses.Select(status => new JsonObject
        {
            ["name"] = status.App,
            ["version"] = status.Version,
            ["ready"] = status.State == ModelStates.Serving,
            ["reason"] = status.ReasonCode.Length == 0 ? "" : CliTexts.OfCode(status.ReasonCode, status.ReasonArgs),
        })]),
    };
}
