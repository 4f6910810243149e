namespace AvaConsole.Tests.Support;

/// <summary>Time that stands still until the test moves it. Timers that come due are run by <see cref="Advance"/>, in order.</summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = start;

    public FakeClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that wait, for tests that must not move the time before the tested code waits for it.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (_lock)
                return _timers.Count(timer => timer.Due is not null);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan by) => SetUtcNow(GetUtcNow() + by);

    /// <summary>Moves the time; backwards is allowed and runs no timer.</summary>
    public void SetUtcNow(DateTimeOffset target)
    {
        while (TakeDue(target) is { } timer)
            timer.Run();
        lock (_lock)
            _now = target;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private FakeTimer? TakeDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            var timer = _timers.Where(candidate => candidate.Due <= target).MinBy(candidate => candidate.Due);
            if (timer is null)
                return null;
            _now = timer.Due!.Value > _now ? timer.Due.Value : _now;
            timer.Due = timer.Period > TimeSpan.Zero ? _now + timer.Period : null;
            return timer;
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Run() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                Period = period;
                if (!clock._timers.Contains(this))
                    clock._timers.Add(this);
            }

            if (dueTime == TimeSpan.Zero)
                clock.SetUtcNow(clock.GetUtcNow());
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
