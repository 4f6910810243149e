using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Folders;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;
using AvaConsole.Web.Cli.Common;
using AvaConsole.Web.Serving.OpenInference;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Web.Cli.Bench;

/// <summary>What is measured, and against what.</summary>
internal sealed record HttpBenchmarkOptions
{
    /// <summary>Holds the model's folder, as <c>asectl serve</c> takes it.</summary>
    public required string Models { get; init; }

    public required string Model { get; init; }

    /// <summary>A server that runs already; null to start one.</summary>
    public Uri? Url { get; init; }

    /// <summary>Another server with the same path, for the JSON form; null for none.</summary>
    public Uri? Peer { get; init; }

    public required IReadOnlyList<int> Clients { get; init; }

    /// <summary>Of each round of each case.</summary>
    public TimeSpan Duration { get; init; }

    public int Rounds { get; init; }
}

/// <summary>One case: all contestants in turn, as many rounds as asked for.</summary>
/// <param name="Form"><c>json</c> or <c>binary</c>.</param>
/// <param name="InProcess">The same tensors by the same engine without HTTP.</param>
internal sealed record HttpBenchmarkCase(string Form, int Clients, LoadFigures Server, LoadFigures InProcess, LoadFigures? Peer);

/// <summary>Throughput and latency over HTTP on loopback, beside the same engine in process and, where there is one, a peer.</summary>
internal static class HttpBenchmark
{
    public static async Task<IReadOnlyList<HttpBenchmarkCase>> RunAsync(HttpBenchmarkOptions options, Action<HttpBenchmarkCase> report)
    {
        await using var folder = Open(options);
        using var lease = folder.TryAcquire(options.Model, Phases.Production)
            ?? throw new CliFailureException(CliExit.BadInput, CliTexts.Of("BenchNoModel", options.Model, options.Models));
        using var server = options.Url is null ? await ServeProcess.StartAsync(options.Models) : null;
        var path = $"/v2/models/{Uri.EscapeDataString(options.Model)}/infer";
        var url = new Uri(options.Url ?? server!.Url, path);
        var json = FindRequest(options, lease.Model);
        using var request = Parse(json, lease.Model);
        var cases = new List<HttpBenchmarkCase>();
        foreach (var clients in options.Clients)
        {
            cases.Add(await MeasureAsync("json", HttpLoad.Request(url, json), clients));
            report(cases[^1]);
            cases.Add(await MeasureAsync("binary", Binary(url, request), clients));
            report(cases[^1]);
        }

        return cases;

        async Task<HttpBenchmarkCase> MeasureAsync(string form, byte[] bytes, int clients)
        {
            var (ours, inside, theirs) = (new List<LoadFigures>(), new List<LoadFigures>(), new List<LoadFigures>());
            for (var round = 0; round < options.Rounds; round++)
            {
                ours.Add(HttpLoad.Run(url, bytes, clients, options.Duration));
                if (options.Peer is { } peer && form == "json")
                {
                    theirs.Add(HttpLoad.Run(peer, HttpLoad.Request(new Uri(peer, path), json), clients, options.Duration));
                }

                inside.Add(await InProcessAsync(lease.Model, request, clients, options.Duration));
            }

            return new HttpBenchmarkCase(form, clients, LoadFigures.Median(ours), LoadFigures.Median(inside), theirs.Count == 0 ? null : LoadFigures.Median(theirs));
        }
    }

    private static ModelFolder Open(HttpBenchmarkOptions options)
    {
        var inference = Microsoft.Extensions.Options.Options.Create(new InferenceOptions());
        var runtime = new OrtRuntime(inference, NullLogger<OrtRuntime>.Instance);
        var folder = new ModelFolder(new ModelFolderOptions { Path = options.Models }, runtime, new InferenceMeters(), inference, NullLogger<ModelFolder>.Instance);
        folder.LoadAsync(options.Model, CancellationToken.None).GetAwaiter().GetResult();
        return folder;
    }

    /// <summary>The folder's own <c>request.json</c>, or one of ones and of one row.</summary>
    private static byte[] FindRequest(HttpBenchmarkOptions options, IServedModel model)
    {
        var path = Path.Combine(options.Models, options.Model, Path.ChangeExtension("request", "json"));
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path);
        }

        var inputs = PublishedSignature.Of(model.Signature).Inputs.Select(port =>
        {
            var shape = port.Shape.Select(length => Math.Max(1, length)).ToList();
            var value = port.Type switch { TensorType.Bool => (JsonNode)true, TensorType.Bytes => "1", _ => 1 };
            return new JsonObject
            {
                ["name"] = port.Name,
                ["shape"] = new JsonArray([.. shape.Select(length => JsonValue.Create(length))]),
                ["datatype"] = port.Datatype,
                ["data"] = new JsonArray([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(_ => value.DeepClone())]),
            };
        });
        return Encoding.UTF8.GetBytes(new JsonObject { ["inputs"] = new JsonArray([.. inputs]) }.ToJsonString());
    }

    private static InferRequest Parse(byte[] json, IServedModel model)
    {
        var request = InferRequestReader.Read(json, json.Length, PublishedSignature.Of(model.Signature));
        return request.IsSuccess ? request.Value : throw new CliFailureException(CliExit.BadInput, CliTexts.Of("BenchBadRequest", model.App));
    }

    private static byte[] Binary(Uri url, InferRequest request)
    {
        using var tensors = new PooledBytes(64 * 1024);
        var inputs = new JsonArray();
        foreach (var input in request.Inputs)
        {
            inputs.Add(new JsonObject
            {
                ["name"] = input.Name,
                ["shape"] = JsonSerializer.SerializeToNode(input.Shape),
                ["datatype"] = TensorTypes.NameOf(input.Type),
                ["parameters"] = new JsonObject { ["binary_data_size"] = BinaryTensors.SizeOf(input) },
            });
            BinaryTensors.Write(input, tensors);
        }

        var json = Encoding.UTF8.GetBytes(new JsonObject { ["inputs"] = inputs, ["parameters"] = new JsonObject { ["binary_data_output"] = true } }.ToJsonString());
        return HttpLoad.Request(url, [.. json, .. tensors.Written.Span], $"{InferBody.HeaderLength}: {json.Length}\r\n");
    }

    private static async Task<LoadFigures> InProcessAsync(IServedModel model, InferRequest request, int clients, TimeSpan duration)
    {
        var asked = new TensorRequest(request.Inputs, []);
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var loops = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var (latencies, errors) = (new List<long>(64 * 1024), 0L);
            for (var sent = Stopwatch.GetTimestamp(); sent < end;)
            {
                var answer = await model.InferAsync(asked, CancellationToken.None);
                answer.Value?.Dispose();
                var received = Stopwatch.GetTimestamp();
                errors += answer.IsSuccess ? 0 : 1;
                latencies.Add(received - sent);
                sent = received;
            }

            return (latencies, errors);
        })));
        return LoadFigures.From([.. loops.SelectMany(loop => loop.latencies)], loops.Sum(loop => loop.errors), duration);
    }
}
