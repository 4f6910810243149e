using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Core.RequestLog;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Web.Serving;
using AvaConsole.Web.Serving;
using AvaConsole.Web.Serving.OpenInference;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Integration.RequestLog;

[Trait("Category", "Integration")]
public sealed class RequestLogTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private TestConsole _console = null!;
    private App _app = null!;

    private RequestLogService Log => _console.Get<RequestLogService>();

    private RequestRecorder Recorder => _console.Get<RequestRecorder>();

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync(clock: _clock);
        _app = (await _console.Apps.CreateAsync(new AppRequest("digits", "", true, null, 0, "", null), _console.Alice, default)).Value!;
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Wants_NobodyAsked_IsFalse()
    {
        await Recorder.ReadSharesAsync(default);

        Assert.False(Recorder.Wants("digits", out _));
    }

    [Fact]
    public async Task Offer_AllAreKept_StoresTheCallWithoutTheFile()
    {
        await ShareAsync(100);
        var picture = new byte[] { 0x89, 0x50, 0, 1, 2, 3 };
        var request = new InferenceRequest(
            new Dictionary<string, ReadOnlyMemory<byte>> { ["image"] = picture, ["note"] = Encoding.UTF8.GetBytes("一张图") },
            JsonSerializer.SerializeToElement(new { top_k = 2 }));
        var answer = new InferenceAnswer(new JsonObject { ["confidences"] = new JsonArray() }, new InferenceTiming(1, 2, 3, 6, 4));

        Offer(new ServingOutcome("digits", "20260101-v1-1", answer, null) { Request = request }, 200, "AK:SECRET");
        await Recorder.StoreWaitingAsync(default);

        var sample = Assert.Single(await ListAsync());
        Assert.Equal(("20260101-v1-1", "content", 200, 4, "AK", "r1", ""), (sample.Version, sample.Route, sample.Status, sample.BatchSize, sample.Caller, sample.RequestId, sample.Error));
        var sent = JsonNode.Parse(sample.Request)!;
        Assert.Equal((2, "一张图", 6), ((int)sent["parameters"]!["top_k"]!, (string)sent["payload"]!["note"]!, (int)sent["payload"]!["image"]!["bytes"]!));
        Assert.Equal("{\"confidences\":[]}", sample.Answer);
        Assert.DoesNotContain("SECRET", JsonSerializer.Serialize(sample), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Infer_AllAreKept_StoresTensorsWithoutTheirBulk(bool isBinary)
    {
        await ShareAsync(100);
        var model = new FakeModel
        {
            App = "digits",
            Signature = new ModelSignature(
                [new ModelPort("few", PortKind.Tensor, TensorType.Int64, [-1]), new ModelPort("many", PortKind.Tensor, TensorType.Fp32, [-1])],
                [new ModelPort("out", PortKind.Tensor, TensorType.Fp32, [-1])]),
            TensorAnswer = _ => new TensorAnswer([new Tensor("out", TensorType.Fp32, [1]) { Data = BitConverter.GetBytes(0.5f) }], new InferenceTiming(0, 0, 0, 0, 3)),
        };

        await InferAsync(model, isBinary);
        await Recorder.StoreWaitingAsync(default);

        var sample = Assert.Single(await ListAsync());
        Assert.Equal((model.Version, "oip", 200, 3, ""), (sample.Version, sample.Route, sample.Status, sample.BatchSize, sample.Error));
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(new byte[400]));
        Assert.Equal(
            $$"""{"inputs":[{"name":"few","datatype":"INT64","shape":[2],"data":[9007199254740993,-1]},{"name":"many","datatype":"FP32","shape":[100],"bytes":400,"sha256":"{{digest}}"}]}""",
            sample.Request);
        Assert.Equal("""{"outputs":[{"name":"out","datatype":"FP32","shape":[1],"data":[0.5]}]}""", sample.Answer);
    }

    [Fact]
    public async Task Infer_ThatFails_IsStoredWithWhatWasAsked()
    {
        await ShareAsync(100);
        var port = new ModelPort("few", PortKind.Tensor, TensorType.Int64, [-1]);
        var model = new FakeModel
        {
            App = "digits",
            Signature = new ModelSignature([port, new ModelPort("many", PortKind.Tensor, TensorType.Fp32, [-1])], []),
            TensorAnswer = _ => new UnavailableError("serving.model_failed"),
        };

        await InferAsync(model, isBinary: false);
        await Recorder.StoreWaitingAsync(default);

        var sample = Assert.Single(await ListAsync());
        Assert.Equal((500, "serving.model_failed", ""), (sample.Status, sample.Error, sample.Answer));
        Assert.Contains("\"few\"", sample.Request, StringComparison.Ordinal);
    }

    private async Task InferAsync(FakeModel model, bool isBinary)
    {
        var host = new FakeModelHost();
        host.Models.Add(model);
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddLogging()
            .AddSingleton<IModelHost>(host)
            .AddSingleton(new RequestSampler(Recorder, _clock))
            .AddOpenInference()
            .BuildServiceProvider();
        var numbers = string.Join(',', Enumerable.Repeat("0", 100));
        var json = Encoding.UTF8.GetBytes($$"""
            {"inputs":[{"name":"few","shape":[2],"datatype":"INT64","data":[9007199254740993,-1]},
            {"name":"many","shape":[100],"datatype":"FP32",{{(isBinary ? "\"parameters\":{\"binary_data_size\":400}" : $"\"data\":[{numbers}]")}}}]}
            """);
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream([.. json, .. new byte[isBinary ? 400 : 0]]);
        context.Request.Headers["Inference-Header-Content-Length"] = $"{json.Length}";
        await services.GetRequiredService<InferHandler>().HandleAsync(context, ServingTarget.ForPhase("digits", Phases.Production));
    }

    [Fact]
    public async Task Offer_LongAnswerWithNul_IsCutAndStored()
    {
        await ShareAsync(100);
        var answer = new InferenceAnswer(new JsonObject { ["text"] = "\0" + new string('x', RequestSample.MaxText) }, new InferenceTiming(0, 0, 0, 0, 1));

        Offer(new ServingOutcome("digits", "v", answer, null), 200);
        Offer(ServingOutcome.Failed(new InvalidError("$.payload", "request.entry_missing", "image", ""), "digits"), 400);
        await Recorder.StoreWaitingAsync(default);

        var samples = await ListAsync();
        Assert.Contains(samples, sample => sample.Answer.Length == RequestSample.MaxText);
        Assert.Contains(samples, sample => sample is { Status: 400, Error.Length: > 0, Request: "" });
    }

    [Fact]
    public async Task List_Filtered_FindsByTextVersionAndOutcome()
    {
        await ShareAsync(100);
        Recorder.Keep(Sample("one"));
        await Recorder.StoreWaitingAsync(default);

        Assert.Equal(["one"], await FindAsync(new RequestFilter("On")));
        Assert.Empty(await FindAsync(new RequestFilter("%")));
        Assert.Empty(await FindAsync(new RequestFilter(Version: "other")));
        Assert.Empty(await FindAsync(new RequestFilter(Failed: true)));
        Assert.Equal(["one"], await FindAsync(new RequestFilter(Failed: false)));
    }

    [Fact]
    public async Task Prune_OlderThanThirtyDays_AreDeleted()
    {
        Recorder.Keep(Sample("old"));
        _clock.Advance(RequestRecorder.Kept / 2);
        Recorder.Keep(Sample("young"));
        await Recorder.StoreWaitingAsync(default);
        await Recorder.PruneAsync(default);
        Assert.Equal(2, (await ListAsync()).Count);

        _clock.Advance((RequestRecorder.Kept / 2) + TimeSpan.FromHours(1));
        await Recorder.PruneAsync(default);

        Assert.Equal("young", Assert.Single(await ListAsync()).RequestId);
    }

    [Fact]
    public async Task Keep_MoreThanCanWait_DropsAndCounts()
    {
        for (var number = 0; number < 1100; number++)
        {
            Recorder.Keep(Sample(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        Assert.Equal(100, Recorder.Dropped);
        await Recorder.StoreWaitingAsync(default);
        Assert.Equal(200, (await Log.ListAsync(_app.Id, new RequestFilter(), 0, 1, _console.Alice, default)).Value!.Total);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    public async Task SetShare_OutOfRange_IsRefused(double share)
    {
        var error = Assert.IsType<InvalidError>((await Log.SetShareAsync(_app, (decimal)share, _console.Alice, default)).Error);

        Assert.Equal(("Share", "requests.share_range"), (error.Problems[0].Field, error.Problems[0].Code));
    }

    [Fact]
    public async Task All_Viewer_IsRefused()
    {
        Assert.IsType<ForbiddenError>((await Log.SetShareAsync(_app, 1, _console.Viewer, default)).Error);
        Assert.IsType<ForbiddenError>((await Log.ListAsync(_app.Id, new RequestFilter(), 0, 1, _console.Viewer, default)).Error);
        Assert.IsType<ForbiddenError>((await Log.ClearAsync(_app, _console.Viewer, default)).Error);
    }

    [Fact]
    public async Task Clear_Samples_AreGoneAndRecorded()
    {
        Recorder.Keep(Sample("one"));
        await Recorder.StoreWaitingAsync(default);

        Assert.Equal(1, (await Log.ClearAsync(_app, _console.Alice, default)).Value);

        Assert.Empty(await ListAsync());
        Assert.Contains("1", Assert.Single(await _console.AuditAsync("app.samples_deleted")).Before!, StringComparison.Ordinal);
    }

    private void Offer(ServingOutcome outcome, int status, string? keys = null)
    {
        var context = new DefaultHttpContext();
        if (keys is not null)
        {
            context.Request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(keys));
        }

        new RequestSampler(Recorder, _clock).Offer("content", context.Request, "r1", outcome, status, TimeSpan.FromMilliseconds(7));
    }

    private async Task ShareAsync(decimal share)
    {
        Assert.True((await Log.SetShareAsync(_app, share, _console.Alice, default)).IsSuccess);
        await Recorder.ReadSharesAsync(default);
    }

    private RequestSample Sample(string requestId) =>
        new() { Id = Guid.CreateVersion7(), AppId = _app.Id, At = _clock.GetUtcNow(), Version = "v", Route = "content", Status = 200, RequestId = requestId };

    private async Task<IReadOnlyList<RequestSample>> ListAsync() => (await Log.ListAsync(_app.Id, new RequestFilter(), 0, 100, _console.Alice, default)).Value!.Items;

    private async Task<IEnumerable<string>> FindAsync(RequestFilter filter) =>
        (await Log.ListAsync(_app.Id, filter, 0, 100, _console.Alice, default)).Value!.Items.Select(sample => sample.RequestId);
}
