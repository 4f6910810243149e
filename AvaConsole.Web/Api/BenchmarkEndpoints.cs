using System.Text.Json;
using System.Text.Json.Serialization;
using AvaConsole.Core.Benchmarks;
using AvaConsole.Web.Components.Shared;

namespace AvaConsole.Web.Api;

/// <summary>Hands out the benchmarks of a release to whoever is signed in: all of them, newest first, or one.</summary>
public static class BenchmarkEndpoints
{
    private const string Pattern = "/api/releases/{release:guid}/benchmarks";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    };

    public static IEndpointRouteBuilder MapBenchmarks(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Pattern, ListAsync).RequireAuthorization();
        endpoints.MapGet(Pattern + "/{run:guid}", GetAsync).RequireAuthorization();
        return endpoints;
    }

    public static string Url(Guid release, Guid run) => $"/api/releases/{release}/benchmarks/{run}";

    private static async Task<IResult> ListAsync(Guid release, BenchmarkService benchmarks, CancellationToken ct) =>
        TypedResults.Json((await benchmarks.ListAsync(release, ct)).Select(Benchmark.From), s_options);

    private static async Task<IResult> GetAsync(Guid release, Guid run, BenchmarkService benchmarks, ErrorPresenter presenter, CancellationToken ct)
    {
        var found = await benchmarks.GetAsync(run, ct);
        return !found.IsSuccess ? ApiProblems.Of(found.Error, presenter)
            : found.Value.ReleaseId == release ? TypedResults.Json(Benchmark.From(found.Value), s_options)
            : TypedResults.NotFound();
    }

    /// <param name="Knee">The point beyond which callers wait longer and hardly more is answered; null where none was seen.</param>
    /// <param name="Failure">Code of why it failed; null otherwise.</param>
    private sealed record Benchmark(
        Guid Id, Guid Release, string ContentHash, BenchmarkState State, string? Failure, string Host, string StartedBy, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
        BenchmarkSettings Settings, BenchmarkPoint? Knee, BenchmarkAdvice Advice, BenchmarkReport Report)
    {
        public static Benchmark From(BenchmarkRun run) => new(
            run.Id, run.ReleaseId, run.ContentHash, run.State, run.FailureCode.Length > 0 ? run.FailureCode : null, run.Host, run.StartedBy, run.CreatedAt, run.StartedAt, run.EndedAt,
            run.Settings, BenchmarkKnee.Of(run), BenchmarkAdvice.Of(run.Report), run.Report);
    }
}
