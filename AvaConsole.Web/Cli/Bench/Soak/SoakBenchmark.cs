using System.Diagnostics;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Web.Cli.Bench.Soak;

/// <param name="Duration">Of the load; starting and stopping come on top.</param>
/// <param name="Clients">Callers at a time.</param>
/// <param name="Interval">Between two changes.</param>
internal sealed record SoakOptions(TimeSpan Duration, int Clients, TimeSpan Interval);

/// <param name="Duration">Of the load.</param>
/// <param name="Failures">What went wrong, as often as it did.</param>
/// <param name="Changes">Of the live configuration.</param>
/// <param name="Promotions">Releases put into production.</param>
/// <param name="Versions">Releases that answered.</param>
internal sealed record SoakReport(
    TimeSpan Duration, LatencyHistogram Latencies, IReadOnlyDictionary<string, int> Failures, int Changes, int Promotions, int Versions, MemoryLine Memory)
{
    public long FailureCount => Failures.Values.Sum(count => (long)count);
}

/// <summary>Calls a host without a pause while everything about what it serves is changed under it.</summary>
internal static class SoakBenchmark
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <param name="progress">Is told now and then how it goes: elapsed, requests, failures, resident bytes.</param>
    public static async Task<SoakReport> RunAsync(SoakOptions options, Action<TimeSpan, long, long, long> progress, CancellationToken ct)
    {
        await using var host = await SoakHost.StartAsync(ct);
        var changes = new SoakChanges(host.Store, host.Packages);
        await changes.BeginAsync(ct);
        await WaitUntilServedAsync(host, ct);

        var clients = Enumerable.Range(0, options.Clients).Select(number => new SoakClient(new HttpClient { BaseAddress = host.Address, Timeout = s_patience }, number)).ToList();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var memory = new MemoryLine();
        var started = Stopwatch.GetTimestamp();
        var calls = clients.Select(client => Task.Run(() => client.RunAsync(stop.Token), CancellationToken.None)).ToList();
        var nextWord = TimeSpan.FromMinutes(1);
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < options.Duration)
        {
            memory.Sample(elapsed);
            await changes.NextAsync(ct);
            if (elapsed >= nextWord)
            {
                progress(elapsed, clients.Sum(client => client.Latencies.Count), clients.Sum(client => client.Failures.Count), Environment.WorkingSet);
                nextWord += TimeSpan.FromMinutes(1);
            }

            await Task.Delay(options.Interval, ct);
        }

        await stop.CancelAsync();
        await Task.WhenAll(calls);
        var duration = Stopwatch.GetElapsedTime(started);
        memory.Sample(duration);
        return Report(duration, clients, changes, memory);
    }

    private static SoakReport Report(TimeSpan duration, List<SoakClient> clients, SoakChanges changes, MemoryLine memory)
    {
        var latencies = new LatencyHistogram();
        clients.ForEach(client => latencies.Add(client.Latencies));
        clients.ForEach(client => client.Dispose());
        var failures = clients.SelectMany(client => client.Failures).GroupBy(failure => failure.Key).ToDictionary(group => group.Key, group => group.Sum(failure => failure.Value));
        return new SoakReport(duration, latencies, failures, changes.Count, changes.Promotions, clients.SelectMany(client => client.Versions).Distinct().Count(), memory);
    }

    private static async Task WaitUntilServedAsync(SoakHost host, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(s_patience);
        while (!host.Statuses.Any(status => status.State == ModelStates.Serving))
        {
            if (host.Statuses.FirstOrDefault(status => status.State == ModelStates.Failed) is { } failed)
            {
                throw new InvalidOperationException($"The first release was not loaded: {failed.ReasonCode}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }
}
