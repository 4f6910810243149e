using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AvaConsole.Web.Cli.Common;
using AvaConsole.Web.Cli.Serve;

namespace AvaConsole.Web.Cli.Bench;

/// <summary><c>asectl bench http</c></summary>
internal sealed class HttpBenchVerb : Verb
{
    private readonly Option<string> _models = CliOptions.Required("--models", "OptionModels", "DIR");
    private readonly Option<string> _model = CliOptions.Required("--model", "OptionBenchModel", "NAME");
    private readonly Option<string?> _url = CliOptions.Value("--url", "OptionBenchUrl", "URL");
    private readonly Option<string?> _peer = CliOptions.Value("--peer", "OptionBenchPeer", "URL");
    private readonly Option<string> _clients = new("--clients") { Description = CliTexts.Of("OptionBenchClients"), HelpName = "N,N", DefaultValueFactory = _ => "1,4,16" };
    private readonly Option<int> _seconds = ServeVerb.Count("--seconds", "OptionBenchSeconds", 3, 1, 600);
    private readonly Option<int> _rounds = ServeVerb.Count("--rounds", "OptionBenchRounds", 3, 1, 99);

    public HttpBenchVerb()
        : base("http", "BenchHttp", "asectl bench http --models models --model iris --clients 1,16 --seconds 5")
    {
        foreach (var option in (Option[])[_models, _model, _url, _peer, _clients, _seconds, _rounds])
        {
            Add(option);
        }
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var options = new HttpBenchmarkOptions
        {
            Models = arguments.GetValue(_models) is { } folder && Directory.Exists(folder) ? folder : throw Failure("FolderMissing", arguments.GetValue(_models)),
            Model = arguments.GetValue(_model)!,
            Url = ReadUrl(arguments.GetValue(_url)),
            Peer = ReadUrl(arguments.GetValue(_peer)),
            Clients = [.. arguments.GetValue(_clients)!.Split(',').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 1000
                ? count : throw Failure("CountOutside", "--clients", text, 1, 1000))],
            Duration = TimeSpan.FromSeconds(arguments.GetValue(_seconds)),
            Rounds = arguments.GetValue(_rounds),
        };
        if (!output.IsJson)
        {
            output.Line("form    clients    req/s   p50 ms   p90 ms   p99 ms  errors   in process  /in process   peer req/s    p50 ms  p99 ms   /peer");
        }

        var cases = HttpBenchmark.RunAsync(options, one => Show(output, one)).GetAwaiter().GetResult();
        if (output.IsJson)
        {
            output.Json(new JsonObject { ["model"] = options.Model, ["cases"] = new JsonArray([.. cases.Select(ToJson)]) });
        }

        return CliExit.Success;
    }

    private static Uri? ReadUrl(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp ? url
        : throw Failure("BenchBadUrl", text);

    private static CliFailureException Failure(string key, params object?[] args) => new(CliExit.BadInput, CliTexts.Of(key, args));

    private static void Show(CliOutput output, HttpBenchmarkCase one)
    {
        if (output.IsJson)
        {
            return;
        }

        var peer = one.Peer is { } other
            ? string.Create(CultureInfo.InvariantCulture, $"{other.PerSecond,12:N0} {Milliseconds(other.P50),9} {Milliseconds(other.P99),7} {one.Server.PerSecond / other.PerSecond,7:N2}")
            : "";
        output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{one.Form,-7} {one.Clients,7} {one.Server.PerSecond,8:N0} {Milliseconds(one.Server.P50),8} {Milliseconds(one.Server.P90),8} {Milliseconds(one.Server.P99),8} {one.Server.Errors,7} {one.InProcess.PerSecond,12:N0} {one.Server.PerSecond / one.InProcess.PerSecond,12:N2} {peer}"));
        output.Writer.Flush();
    }

    private static string Milliseconds(TimeSpan span) => span.TotalMilliseconds.ToString("N3", CultureInfo.InvariantCulture);

    private static JsonObject ToJson(HttpBenchmarkCase one) => new()
    {
        ["form"] = one.Form,
        ["clients"] = one.Clients,
        ["server"] = ToJson(one.Server),
        ["inProcess"] = ToJson(one.InProcess),
        ["ratio"] = Math.Round(one.Server.PerSecond / one.InProcess.PerSecond, 3),
        ["peer"] = one.Peer is { } peer ? ToJson(peer) : null,
        ["peerRatio"] = one.Peer is { } other ? Math.Round(one.Server.PerSecond / other.PerSecond, 3) : null,
    };

    private static JsonObject ToJson(LoadFigures figures) => new()
    {
        ["perSecond"] = Math.Round(figures.PerSecond, 1),
        ["p50Ms"] = Math.Round(figures.P50.TotalMilliseconds, 3),
        ["p90Ms"] = Math.Round(figures.P90.TotalMilliseconds, 3),
        ["p99Ms"] = Math.Round(figures.P99.TotalMilliseconds, 3),
        ["errors"] = figures.Errors,
    };
}
