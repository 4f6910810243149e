using System.Globalization;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Web.Features.Apps;

/// <summary>What is typed into the form of a worker document: milliseconds and seconds, as people say them.</summary>
public sealed class WorkerForm
{
    private const decimal NanosecondsPerMillisecond = 1_000_000;
    private const decimal NanosecondsPerSecond = 1_000_000_000;

    // In nanoseconds still a long. The service says which values are too large.
    private const decimal Largest = 9_000_000_000;

    /// <summary>Milliseconds.</summary>
    public string Delay { get; set; } = "";

    public string MaxConcurrent { get; set; } = "";

    /// <summary>Seconds.</summary>
    public string Timeout { get; set; } = "";

    public long? DelayNanoseconds => Read(Delay, NanosecondsPerMillisecond);

    public long? TimeoutNanoseconds => Read(Timeout, NanosecondsPerSecond);

    public int? Concurrent => Read(MaxConcurrent, 1) is { } count ? (int)Math.Clamp(count, int.MinValue, int.MaxValue) : null;

    public static WorkerForm From(WorkerDocument document) => new()
    {
        Delay = Milliseconds(document.Delay4Batch),
        MaxConcurrent = document.MaxConcurrent.ToString(CultureInfo.InvariantCulture),
        Timeout = Seconds(document.Timeout),
    };

    /// <summary>Null where a number cannot be read.</summary>
    public WorkerRequest? ToRequest() => (DelayNanoseconds, Concurrent, TimeoutNanoseconds) is ({ } delay, { } concurrent, { } timeout)
        ? new WorkerRequest(delay, concurrent, timeout)
        : null;

    /// <summary>With a point in every language, and no more digits than there are.</summary>
    public static string Milliseconds(long nanoseconds) => Write(nanoseconds / NanosecondsPerMillisecond);

    public static string Seconds(long nanoseconds) => Write(nanoseconds / NanosecondsPerSecond);

    private static string Write(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    /// <summary>Null for what is no number, or finer than the unit that is stored.</summary>
    private static long? Read(string text, decimal unit)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        var units = Math.Clamp(value, -Largest, Largest) * unit;
        return decimal.IsInteger(units) ? (long)units : null;
    }
}
