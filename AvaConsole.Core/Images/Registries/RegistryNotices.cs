using System.Globalization;
using System.Text.RegularExpressions;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Registries;

/// <summary>What a registry told besides its answers. Nothing is done about it; a page shows it.</summary>
public sealed partial class RegistryNotices(TimeProvider clock)
{
    private const int MaxWarnings = 20;
    private const int LongestPause = 24 * 60 * 60;
    private const int UsualPause = 60;

    private readonly Lock _lock = new();
    private readonly List<string> _warnings = [];

    /// <summary>Texts of <c>Warning: 299</c>, each once, in order; a stranger's words.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_lock) return [.. _warnings];
        }
    }

    /// <summary>As the last answer that had it said; null where none did.</summary>
    public RegistryRateLimit? RateLimit { get; private set; }

    /// <summary>Notes what the headers say; the error where the registry wants to be left alone.</summary>
    internal Error? Read(RegistryEndpoint registry, EgressAnswer answer)
    {
        foreach (var warning in answer.Headers["Warning"]) Add(warning);
        if (Quantity(answer.Header("ratelimit-remaining")) is { } remaining)
        {
            var limit = Quantity(answer.Header("ratelimit-limit"));
            RateLimit = new RegistryRateLimit(limit?.Count ?? 0, remaining.Count, limit?.Window ?? remaining.Window);
        }

        return answer.Status == 429 ? RegistryErrors.RateLimited(registry.Host, PauseOf(answer.Header("Retry-After"))) : null;
    }

    private void Add(string header)
    {
        if (WarningRegex().Match(header) is not { Success: true } match) return;
        var text = Untrusted.Line(match.Groups["text"].Value.Replace("\\\"", "\"", StringComparison.Ordinal));
        lock (_lock)
        {
            if (text.Length > 0 && _warnings.Count < MaxWarnings && !_warnings.Contains(text)) _warnings.Add(text);
        }
    }

    /// <summary>Seconds, or a moment.</summary>
    private int PauseOf(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return Math.Clamp(seconds, 1, LongestPause);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? (int)Math.Clamp(Math.Ceiling((moment - clock.GetUtcNow()).TotalSeconds), 1, LongestPause)
            : UsualPause;
    }

    /// <summary><c>76;w=21600</c></summary>
    private static (int Count, TimeSpan Window)? Quantity(string text) => QuantityRegex().Match(text) is { Success: true } match
        ? (int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(match.Groups["window"].Value is { Length: > 0 } window ? int.Parse(window, CultureInfo.InvariantCulture) : 0))
        : null;

    [GeneratedRegex("""\A299 \S+ "(?<text>([^"\\]|\\.)*)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WarningRegex();

    [GeneratedRegex("""\A\s*(?<count>[0-9]{1,9})(\s*;\s*w=(?<window>[0-9]{1,9}))?""", RegexOptions.CultureInvariant)]
    private static partial Regex QuantityRegex();
}

/// <summary>How many questions the registry still answers, for example 76 of 100 in six hours.</summary>
/// <param name="Limit">0 where it was not said.</param>
/// <param name="Window">Zero where it was not said.</param>
public sealed record RegistryRateLimit(int Limit, int Remaining, TimeSpan Window);
