using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AvaConsole.Core.Benchmarks;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Api;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Web.Endpoints;

/// <summary>Benchmarks over real HTTP, with Core on a real database behind them.</summary>
public sealed class BenchmarkEndpointsTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private EndpointServer _server = null!;
    private Release _release = null!;
    private BenchmarkRun _run = null!;

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        var scenario = await ReleaseScenario.CreateAsync(_console);
        _release = await scenario.DraftAsync();
        _run = (await _console.Benchmarks.StartAsync(_release.Id, new BenchmarkSettings { Clients = [1, 2, 4, 8] }, _console.Alice, default)).Value!;
        await _console.BenchmarkRunner.RunOnceAsync(default);
        _server = await EndpointServer.StartAsync(services => services.AddSingleton(_console.Benchmarks), endpoints => endpoints.MapBenchmarks());
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _console.DisposeAsync();
    }

    [Fact]
    public async Task Get_OneAndAll_GiveTheSameFigures()
    {
        using var one = await _server.GetAsync(BenchmarkEndpoints.Url(_release.Id, _run.Id));
        using var all = await _server.GetAsync($"/api/releases/{_release.Id}/benchmarks");

        var benchmark = await one.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(JsonElement.DeepEquals(benchmark, (await all.Content.ReadFromJsonAsync<JsonElement>())[0]));
        Assert.Equal(("done", 4, 8), (benchmark.GetProperty("state").GetString(), benchmark.GetProperty("knee").GetProperty("clients").GetInt32(), benchmark.GetProperty("report").GetProperty("points")[3].GetProperty("clients").GetInt32()));
        Assert.Equal(JsonValueKind.Null, benchmark.GetProperty("failure").ValueKind);
    }

    [Fact]
    public async Task Get_NotSignedIn_IsRefused()
    {
        using var answer = await _server.Client.GetAsync(BenchmarkEndpoints.Url(_release.Id, _run.Id));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Get_UnknownOrOfAnotherRelease_IsNotFound()
    {
        using var unknown = await _server.GetAsync(BenchmarkEndpoints.Url(_release.Id, Guid.NewGuid()));
        using var elsewhere = await _server.GetAsync(BenchmarkEndpoints.Url(Guid.NewGuid(), _run.Id));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.StatusCode, elsewhere.StatusCode));
    }
}
