namespace AvaConsole.Web.Infrastructure.Browser;

/// <summary>The browser's time zone and a slow clock for relative times. Scoped: one per browser tab.</summary>
public sealed class BrowserTime(TimeProvider clock, BrowserModule browser) : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private Action? _changed;
    private ITimer? _timer;
    private Task? _asking;

    /// <summary>UTC until the browser was asked.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateTimeOffset ToLocal(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>Asks the browser once; unknown zones leave UTC, which the exact time then names.</summary>
    public Task InitializeAsync() => _asking ??= AskAsync();

    /// <summary>Calls back, on any thread, when shown times may be out of date.</summary>
    public IDisposable Subscribe(Action changed)
    {
        lock (_lock)
        {
            _changed += changed;
            _timer ??= clock.CreateTimer(_ => _changed?.Invoke(), null, s_tick, s_tick);
        }

        return new Subscription(this, changed);
    }

    public void Dispose() => _timer?.Dispose();

    private async Task AskAsync()
    {
        var name = await browser.GetTimeZoneAsync() ?? "";
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && !zone.Equals(Zone))
        {
            Zone = zone;
            _changed?.Invoke();
        }
    }

    private sealed class Subscription(BrowserTime owner, Action changed) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._changed -= changed;
            }
        }
    }
}
