using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Schemas.Examples;
using AvaConsole.Inference.Hosting;
using AvaConsole.Web.Features.Home;
using AvaConsole.Web.Serving;

namespace AvaConsole.Tests.Integration.Serving;

public sealed class LiveServingTests(LiveServer server) : IClassFixture<LiveServer>, IAsyncLifetime
{
    private static readonly byte[] s_anyPicture = File.ReadAllBytes(LiveServer.Pictures.First());

    /// <summary>Each test starts from the first release in production, alone.</summary>
    public async Task InitializeAsync()
    {
        await server.PutAsync(
            (ConfigKey.WorkerDefault, ConfigJson.Serialize(LiveServer.Worker)),
            LiveServer.Release(LiveServer.First, Phases.Production),
            LiveServer.Release(LiveServer.Second, Phases.Retired));
        await LiveServer.WaitAsync(() => Serving(LiveServer.First, Phases.Production) && server.Host.Statuses.Count == 1);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await PostPictureAsync(s_anyPicture)).Response.StatusCode != HttpStatusCode.OK)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task OpenInference_LiveRelease_IsDescribedListedAndRun()
    {
        var model = JsonNode.Parse(await server.Client.GetStringAsync(new Uri("/v2/models/digits", UriKind.Relative)))!;
        var input = model["inputs"]![0]!;
        var shape = input["shape"]!.AsArray().Select(length => Math.Max(1, (long)length!)).ToList();
        var zeros = string.Join(',', Enumerable.Repeat(0, (int)shape.Aggregate((product, length) => product * length)));

        var (response, answer) = await server.PostAsync("/v2/models/digits/infer", Encoding.UTF8.GetBytes(
            $$"""{"inputs":[{"name":"{{input["name"]}}","shape":[{{string.Join(',', shape)}}],"datatype":"{{input["datatype"]}}","data":[{{zeros}}]}]}"""));
        var (_, index) = await server.PostAsync("/v2/repository/index", []);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(LiveServer.First, (string?)answer["model_version"]);
        Assert.NotEmpty(answer["outputs"]![0]!["data"]!.AsArray());
        Assert.Equal("READY", (string?)Assert.Single(index.AsArray())!["state"]);
    }

    [Fact]
    public async Task Post_SamplePictures_AreReadInBothForms()
    {
        foreach (var path in LiveServer.Pictures)
        {
            var digit = Path.GetFileName(path).Split('-')[1];
            var picture = await File.ReadAllBytesAsync(path);

            var (_, content) = await PostPictureAsync(picture);
            var (_, eval) = await server.PostAsync("/v1/eval/digits", Encoding.UTF8.GetBytes(
                $"{{\"data\":{{\"uri\":\"data:image/png;base64,{Convert.ToBase64String(picture)}\"}},\"params\":{{\"top_k\":2}}}}"));
            var (_, raw) = await server.PostAsync("/v1/eval/digits/" + LiveServer.First, picture, "application/octet-stream");

            Assert.All([content, eval, raw], answer => Assert.Equal(digit, (string)answer["result"]!["confidences"]![0]!["class"]!));
            Assert.Equal(2, eval["result"]!["confidences"]!.AsArray().Count);
            Assert.True((double)content["timing_ms"]!["total"]! > 0);
        }
    }

    [Fact]
    public async Task Post_ExampleOfTheApi_AnswersAsItsReferenceSays()
    {
        var (_, body) = await PostPictureAsync(s_anyPicture);

        Assert.Empty(ResponseExample.Check(ExampleLoader.Schema, body.AsObject()));
    }

    [Fact]
    public async Task Post_NoPicture_400InEitherForm()
    {
        foreach (var bytes in (byte[][])["not a picture"u8.ToArray(), s_anyPicture[..40], [.. s_anyPicture[..^60]], "<svg/>"u8.ToArray()])
        {
            var (response, content) = await PostPictureAsync(bytes);
            var (_, eval) = await server.PostAsync("/v1/eval/digits", bytes, "application/octet-stream");

            Assert.Equal((HttpStatusCode.BadRequest, 10161), (response.StatusCode, (int)content["code"]!));
            Assert.Equal(-3, (int)eval["code"]!);
        }
    }

    [Fact]
    public async Task Put_TimeoutOfNothing_IsSlowAtOnceAndHealsWithoutARestart()
    {
        await server.PutAsync((ConfigKey.WorkerDefault, ConfigJson.Serialize(LiveServer.Worker with { Timeout = 0 })));

        await UntilAsync(HttpStatusCode.GatewayTimeout);
        await server.PutAsync((ConfigKey.WorkerDefault, ConfigJson.Serialize(LiveServer.Worker)));
        await UntilAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_MoreThanMaxConcurrent_IsBusyWithRetryAfter()
    {
        await server.PutAsync((ConfigKey.WorkerDefault, ConfigJson.Serialize(LiveServer.Worker with { MaxConcurrent = 1 })));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        HttpResponseMessage? refused = null;
        while (refused is null)
        {
            patience.Token.ThrowIfCancellationRequested();
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => PostPictureAsync(s_anyPicture)));
            refused = answers.Select(answer => answer.Response).FirstOrDefault(response => response.StatusCode == HttpStatusCode.TooManyRequests);
        }

        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Put_PromotionWhileCallsRun_FailsNone()
    {
        await server.PutAsync(LiveServer.Release(LiveServer.Second, Phases.Grey));
        await LiveServer.WaitAsync(() => Serving(LiveServer.Second, Phases.Grey));
        using var done = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(_ => CallUntilAsync(done.Token)).ToList();

        await server.PutAsync(LiveServer.Release(LiveServer.First, Phases.Retired), LiveServer.Release(LiveServer.Second, Phases.Production));
        await LiveServer.WaitAsync(() => Serving(LiveServer.Second, Phases.Production) && server.Host.Statuses.Count == 1);
        await done.CancelAsync();

        var answers = (await Task.WhenAll(callers)).SelectMany(answer => answer).ToList();
        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(LiveServer.Second, (string)(await PostPictureAsync(s_anyPicture)).Body["version"]!);
    }

    [Fact]
    public async Task Get_Metrics_TellsOfTheHostToo()
    {
        await PostPictureAsync(s_anyPicture);

        var text = await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        foreach (var name in (string[])["requests_total", "batch_size_bucket", "queue_seconds_bucket", "run_seconds_bucket", "queue_length", "in_flight"])
        {
            Assert.Contains($"\nava_inference_{name}{{app=\"digits\"", text, StringComparison.Ordinal);
        }
    }

    private Task<(HttpResponseMessage Response, JsonNode Body)> PostPictureAsync(byte[] picture) =>
        server.PostAsync("/api/content/digits", ServingJson.ForPicture("image", picture, null));

    private bool Serving(string version, string phase) =>
        server.Host.Statuses.Any(status => status.Version == version && status.Phase == phase && status.State == ModelStates.Serving);

    private async Task UntilAsync(HttpStatusCode expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await PostPictureAsync(s_anyPicture)).Response.StatusCode != expected)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<List<(HttpStatusCode Status, string Version)>> CallUntilAsync(CancellationToken done)
    {
        var answers = new List<(HttpStatusCode, string)>();
        while (!done.IsCancellationRequested)
        {
            var (response, body) = await PostPictureAsync(s_anyPicture);
            answers.Add((response.StatusCode, (string?)body["version"] ?? ""));
        }

        return answers;
    }
}
