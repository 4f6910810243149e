using System.Text.Json.Serialization;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Benchmarks;

/// <summary>How a release is to be measured.</summary>
public sealed record BenchmarkSettings
{
    public const int MaxSteps = 12;
    public const int MaxClients = 512;
    public const int MaxSeconds = 60;

    /// <summary>The loads: callers that each ask again as soon as they are answered; ascending, each once. 1–12 of them, each 1–512.</summary>
    public IReadOnlyList<int> Clients { get; init; } = [1, 2, 4, 8, 16, 32];

    /// <summary>Of each step, 1–60. Default 3.</summary>
    public int SecondsPerStep { get; init; } = 3;

    private static readonly double[] s_delays = [0, 2, 5, 10];

    /// <summary>Steps at most: the loads, the bare session one way and the other, the delays.</summary>
    [JsonIgnore]
    public int Steps => Clients.Count + 2 + s_delays.Length + 1;

    /// <summary>How long measuring takes at most; loading the model comes on top.</summary>
    [JsonIgnore]
    public TimeSpan Expected => TimeSpan.FromSeconds((double)Steps * SecondsPerStep);

    /// <summary>Milliseconds of <c>delay4batch</c> that are tried where requests can share runs: 0, 2, 5, 10 and the present one.</summary>
    public static IReadOnlyList<double> Delays(double present) => [.. s_delays.Append(present).Distinct().Order()];

    /// <summary>All that is wrong; fields are the properties' names.</summary>
    public IReadOnlyList<Problem> Check()
    {
        var problems = new List<Problem>();
        if (Clients.Count is 0 or > MaxSteps || Clients.Any(clients => clients is < 1 or > MaxClients))
        {
            problems.Add(new Problem(nameof(Clients), "benchmark.clients_range", MaxSteps, MaxClients));
        }
        else if (Clients.Zip(Clients.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            problems.Add(new Problem(nameof(Clients), "benchmark.clients_order"));
        }

        if (SecondsPerStep is < 1 or > MaxSeconds)
        {
            problems.Add(new Problem(nameof(SecondsPerStep), "benchmark.seconds_range", MaxSeconds));
        }

        return problems;
    }
}
