using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Inference.Hosting;

/// <summary>What the host knows of one release: what is wanted, what is loaded, what is being tried. Used by the host's loop only.</summary>
internal sealed class ModelSlot(string app, string version)
{
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lastRetry = TimeSpan.FromMinutes(1);

    public string App => app;

    public string Version => version;

    /// <summary>As the live configuration has it now; null where it is retired or gone.</summary>
    public WantedRelease? Wanted { get; set; }

    /// <summary>The last that was wanted: what a kept release goes on with.</summary>
    public WantedRelease? LastWanted { get; set; }

    /// <summary>Serves, or can.</summary>
    public LoadedModel? Loaded { get; set; }

    /// <summary>A load under way.</summary>
    public LoadAttempt? Attempt { get; set; }

    /// <summary>Why the last attempt at <see cref="FailedKey"/> came to nothing.</summary>
    public Error? Failure { get; private set; }

    public string FailedKey { get; private set; } = "";

    /// <summary>When a failed load is tried again; null for never.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

    public string State { get; private set; } = ModelStates.Waiting;

    public DateTimeOffset ChangedAt { get; private set; }

    private int Failures { get; set; }

    public void Enter(string state, DateTimeOffset now)
    {
        if (State != state || ChangedAt == default)
        {
            (State, ChangedAt) = (state, now);
        }
    }

    /// <summary>Outages are tried again, ever less often. A package that is wrong stays wrong until something else is wanted.</summary>
    public void Fail(string contentKey, Error error, DateTimeOffset now)
    {
        Failures = FailedKey == contentKey ? Failures + 1 : 1;
        (Failure, FailedKey) = (error, contentKey);
        var wait = TimeSpan.FromTicks(Math.Min(s_lastRetry.Ticks, s_firstRetry.Ticks << Math.Min(Failures - 1, 10)));
        RetryAt = error is InvalidError or NotFoundError or ForbiddenError ? null : now + wait;
        ChangedAt = now;
        State = ModelStates.Failed;
    }

    public void Succeed() => (Failure, FailedKey, RetryAt, Failures) = (null, "", null, 0);

    /// <summary>True where this content may be tried now.</summary>
    public bool MayTry(string contentKey, DateTimeOffset now) => FailedKey != contentKey || (RetryAt is { } at && at <= now);
}

/// <summary>One load in the background.</summary>
internal sealed class LoadAttempt(string contentKey, CancellationToken stopping) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    public string ContentKey => contentKey;

    public CancellationToken Token => _cancellation.Token;

    /// <summary>Its end was wanted: what it comes to says nothing about the package.</summary>
    public bool WasCancelled { get; private set; }

    /// <summary>The state that the load has reached; written by it, read by the loop.</summary>
    public volatile string State = ModelStates.Loading;

    public void Cancel()
    {
        WasCancelled = true;
        _cancellation.Cancel();
    }

    public void Dispose() => _cancellation.Dispose();
}
