using System.Globalization;
using AvaConsole.Core.Benchmarks;

namespace AvaConsole.Web.Features.Releases;

/// <summary>What is typed before a benchmark is started.</summary>
public sealed class BenchmarkForm
{
    private static readonly BenchmarkSettings s_default = new();

    /// <summary>Loads, parted by commas or blanks.</summary>
    public string Clients { get; set; } = string.Join(", ", s_default.Clients);

    public string Seconds { get; set; } = s_default.SecondsPerStep.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null where a number cannot be read.</summary>
    public BenchmarkSettings? ToSettings()
    {
        var clients = Clients.Split([',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read).ToList();
        return clients.Contains(null) || Read(Seconds.Trim()) is not { } seconds
            ? null
            : new BenchmarkSettings { Clients = [.. clients.OfType<int>()], SecondsPerStep = seconds };
    }

    private static int? Read(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
