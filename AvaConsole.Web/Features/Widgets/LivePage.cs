using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Web.Infrastructure;
using Microsoft.AspNetCore.Components;

namespace AvaConsole.Web.Features.Widgets;

/// <summary>A page that knows its user and reloads what it shows when it changes here (events) or elsewhere (polling).</summary>
public abstract class LivePage : ComponentBase, IAsyncDisposable
{
    /// <summary>Events come in bursts; one reload answers them all.</summary>
    private static readonly TimeSpan s_throttle = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _cts = new();
    private readonly SemaphoreSlim _signal = new(0);
    private IDisposable? _subscription;

    [Inject]
    public required ConsoleEvents Events { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required ILoggerFactory Loggers { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Null until the page has learnt who looks at it.</summary>
    protected Actor? Actor { get; private set; }

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Token { get; private set; }

    protected bool IsDisposed { get; private set; }

    /// <summary>How often other consoles' changes are looked for.</summary>
    protected virtual TimeSpan PollInterval => TimeSpan.FromSeconds(20);

    protected bool Can(Permission permission) => Actor?.Can(permission) ?? false;

    protected virtual bool Concerns(ConsoleEvent happened) => false;

    protected virtual Task RefreshAsync() => Task.CompletedTask;

    protected override async Task OnInitializedAsync()
    {
        Token = _cts.Token;
        Actor = await CurrentActor.GetAsync();
        if (!IsDisposed)
        {
            _subscription = Events.Subscribe(OnEvent);
            _ = LoopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            _subscription?.Dispose();
            await _cts.CancelAsync();
            await DisposePageAsync();
            _cts.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    protected virtual ValueTask DisposePageAsync() => ValueTask.CompletedTask;

    /// <summary>Reload soon, outside the present handler.</summary>
    protected void Wake() => _signal.Release();

    private void OnEvent(ConsoleEvent happened)
    {
        if (Concerns(happened))
        {
            _signal.Release();
        }
    }

    /// <summary>
    /// Runs in the context in which the page was made: an event arrives in its publisher's, and would be rendered in that user's language.
    /// </summary>
    private async Task LoopAsync()
    {
        try
        {
            while (!Token.IsCancellationRequested)
            {
                if (await _signal.WaitAsync(PollInterval, Token))
                {
                    await Task.Delay(s_throttle, Token);
                    while (_signal.Wait(0, CancellationToken.None))
                    {
                        // Everything that came meanwhile is answered by the reload below.
                    }
                }

                await InvokeAsync(RefreshGuardedAsync);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
    }

    private async Task RefreshGuardedAsync()
    {
        if (IsDisposed)
        {
            return;
        }

        try
        {
            await RefreshAsync();
            StateHasChanged();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The page keeps what it shows; the next round tries again.
            Loggers.CreateLogger(GetType()).LogError(exception, "{Page} could not be refreshed", GetType().Name);
        }
    }
}
