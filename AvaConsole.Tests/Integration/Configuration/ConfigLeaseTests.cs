using System.Text;
using AvaConsole.Core.Configuration;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Configuration;

[Trait("Category", "Integration")]
public sealed class ConfigLeaseTests : IClassFixture<EmbeddedStoreFixture>, IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan s_timeToLive = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly CancellationTokenSource _stop = new();
    private readonly string _key = $"/lease/{Guid.NewGuid():N}";
    private readonly FakeClock _clock = new();
    private readonly FlakyConfigStore _store;
    private readonly ConfigLease _lease;
    private Task _running = Task.CompletedTask;

    public ConfigLeaseTests(EmbeddedStoreFixture fixture)
    {
        _store = new FlakyConfigStore(fixture.Store);
        _lease = new ConfigLease(_store, s_timeToLive, _clock);
    }

    public Task InitializeAsync()
    {
        _running = _lease.RunAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => StopAsync();

    public void Dispose()
    {
        _stop.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task Set_SeveralValues_KeepsTheLast()
    {
        _lease.Set(_key, "1"u8.ToArray());
        await WaitForValueAsync("1");
        _lease.Set(_key, "2"u8.ToArray());
        _lease.Set(_key, "3"u8.ToArray());

        var entry = await WaitForValueAsync("3");

        Assert.Equal(_lease.LeaseId, entry!.LeaseId);
    }

    [Fact]
    public async Task Remove_KnownKey_DeletesIt()
    {
        _lease.Set(_key, "1"u8.ToArray());
        await WaitForValueAsync("1");

        _lease.Remove(_key);

        await WaitForValueAsync(null);
    }

    [Fact]
    public async Task RunAsync_Stopped_TakesTheKeysAlong()
    {
        _lease.Set(_key, "1"u8.ToArray());
        await WaitForValueAsync("1");

        await StopAsync();

        Assert.Null(await _store.GetAsync(_key, _limit.Token));
        Assert.Equal(0, _lease.LeaseId);
    }

    [Fact]
    public async Task RunAsync_LeaseLost_PutsTheKeysUnderANewOne()
    {
        _lease.Set(_key, "1"u8.ToArray());
        var lost = (await WaitForValueAsync("1"))!.LeaseId;
        await _store.RevokeLeaseAsync(lost, _limit.Token);
        Assert.Null(await _store.GetAsync(_key, _limit.Token));

        await LetTimePassAsync();

        Assert.NotEqual(lost, (await WaitForValueAsync("1"))!.LeaseId);
    }

    [Fact]
    public async Task RunAsync_LeaseLostBeforeASet_PutsAllKeys()
    {
        _lease.Set(_key, "1"u8.ToArray());
        await _store.RevokeLeaseAsync((await WaitForValueAsync("1"))!.LeaseId, _limit.Token);

        _lease.Set(_key + "/more", "2"u8.ToArray());

        await WaitForValueAsync("1");
        await WaitForValueAsync("2", _key + "/more");
    }

    [Fact]
    public async Task RunAsync_Outage_IsWaitedOut()
    {
        _store.IsDown = true;
        _lease.Set(_key, "1"u8.ToArray());
        await LetTimePassAsync();
        Assert.Equal(0, _store.Transactions);

        _store.IsDown = false;
        await LetTimePassAsync();

        await WaitForValueAsync("1");
    }

    [Fact]
    public async Task RunAsync_AnswerLostAndValueSetBack_EndsWithTheWantedValue()
    {
        _lease.Set(_key, "1"u8.ToArray());
        await WaitForValueAsync("1");
        _store.LosesNextAnswer = true;
        _lease.Set(_key, "2"u8.ToArray());
        await WaitForValueAsync("2");

        _lease.Set(_key, "1"u8.ToArray());
        await LetTimePassAsync();

        await WaitForValueAsync("1");
    }

    private async Task<ConfigEntry?> WaitForValueAsync(string? value, string? key = null)
    {
        while (true)
        {
            var entry = await _store.GetAsync(key ?? _key, _limit.Token);
            if ((entry is null ? null : Encoding.UTF8.GetString(entry.Value.Span)) == value)
                return entry;
            await Task.Delay(10, _limit.Token);
        }
    }

    /// <summary>Once the lease waits for it.</summary>
    private async Task LetTimePassAsync()
    {
        while (_clock.WaitingTimers == 0)
            await Task.Delay(10, _limit.Token);
        _clock.Advance(s_timeToLive / 3);
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
    }
}
