namespace AvaConsole.Web.Features.Widgets;

/// <summary>Waits until nobody has typed for a moment, so that not every letter is asked about.</summary>
internal sealed class TypingPause : IDisposable
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(350);

    private CancellationTokenSource? _last;

    /// <summary>False for all calls but the last one of a moment, and after the page closed.</summary>
    /// <param name="quiet">How long nobody has typed; null for the usual.</param>
    public async Task<bool> IsOverAsync(TimeSpan? quiet = null)
    {
        _last?.Cancel();
        var mine = _last = new CancellationTokenSource();
        await Task.Delay(quiet ?? s_quiet, mine.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return !mine.IsCancellationRequested;
    }

    /// <summary>What is waiting is not to be done.</summary>
    public void Cancel() => _last?.Cancel();

    public void Dispose() => Cancel();
}
