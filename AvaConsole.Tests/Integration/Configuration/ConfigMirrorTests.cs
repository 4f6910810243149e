using AvaConsole.Core.Configuration;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Configuration;

[Trait("Category", "Integration")]
public sealed class ConfigMirrorTests : IClassFixture<EmbeddedStoreFixture>, IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60));
    private readonly string _prefix = $"/mirror/{Guid.NewGuid():N}/";
    private readonly FakeClock _clock = new();
    private readonly FlakyConfigStore _store;
    private readonly ConfigMirror _mirror;
    private readonly List<ConfigSnapshot> _changes = [];
    private Task _running = Task.CompletedTask;

    public ConfigMirrorTests(EmbeddedStoreFixture fixture)
    {
        _store = new FlakyConfigStore(fixture.Store);
        _mirror = new ConfigMirror(_store, _prefix, _clock);
        _mirror.Changed += snapshot =>
        {
            lock (_changes)
                _changes.Add(snapshot);
        };
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task RunAsync_EntriesAndChanges_AreMirrored()
    {
        await PutAsync("a", "1");
        var before = await PutAsync("b", "1");
        Start();

        await _mirror.WaitForAsync(snapshot => snapshot.Revision >= before, _stop.Token);
        Assert.Equal(["a", "b"], Keys());
        Assert.True(_mirror.IsSynced);
        Assert.Equal(_clock.GetUtcNow(), _mirror.LastContact);

        await PutAsync("c", "1");
        var last = await DeleteAsync("a");
        var current = await _mirror.WaitForAsync(snapshot => snapshot.Revision >= last, _stop.Token);

        Assert.Equal(["b", "c"], Keys());
        Assert.Null(current.Find(_prefix + "a"));
        Assert.Equal(last - 1, current.Find(_prefix + "c")!.ModRevision);
        Assert.Equal([.. Keys()], Last().Entries.Keys.Select(key => key[_prefix.Length..]));
    }

    [Fact]
    public async Task RunAsync_OtherKeysChange_OnlyTheRevisionAdvances()
    {
        await PutAsync("a", "1");
        Start();
        await _mirror.WaitForAsync(snapshot => snapshot.Revision > 0, _stop.Token);
        var changes = ChangeCount();

        var other = (await _store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put("/other" + _prefix, new byte[1])]), _stop.Token)).Revision;
        await _mirror.WaitForAsync(snapshot => snapshot.Revision >= other, _stop.Token);

        Assert.Equal(changes, ChangeCount());
    }

    [Fact]
    public async Task RunAsync_Compacted_ListsAgain()
    {
        await PutAsync("a", "1");
        await PutAsync("b", "1");
        Start();
        await _mirror.WaitForAsync(snapshot => snapshot.Entries.Count == 2, _stop.Token);
        var changes = ChangeCount();
        var ranges = _store.Ranges;

        _store.EndWatches(new ConfigCompactedException(1));
        await PutAsync("c", "1");
        await DeleteAsync("a");

        await _mirror.WaitForAsync(snapshot => snapshot.Find(_prefix + "a") is null && snapshot.Find(_prefix + "c") is not null, _stop.Token);
        Assert.True(_store.Ranges > ranges);
        Assert.True(ChangeCount() > changes);
        Assert.True(_mirror.IsSynced);
    }

    [Fact]
    public async Task RunAsync_StoreDownAtFirst_SyncsWhenItIsBack()
    {
        await PutAsync("a", "1");
        _store.IsDown = true;
        Start();
        await WaitForTimerAsync();
        Assert.False(_mirror.IsSynced);
        Assert.Null(_mirror.LastContact);
        Assert.Equal(0, _mirror.Current.Revision);

        _store.IsDown = false;
        _clock.Advance(TimeSpan.FromSeconds(10));

        await _mirror.WaitForAsync(snapshot => snapshot.Entries.Count == 1, _stop.Token);
        Assert.True(_mirror.IsSynced);
    }

    [Fact]
    public async Task RunAsync_OutageWithoutChanges_KeepsTheSnapshotAndIsSilent()
    {
        await PutAsync("a", "1");
        Start();
        await _mirror.WaitForAsync(snapshot => snapshot.Entries.Count == 1, _stop.Token);
        _store.IsDown = true;
        _store.EndWatches(new ConfigStoreUnavailableException("Gone."));
        await WaitForTimerAsync();
        Assert.False(_mirror.IsSynced);
        Assert.Equal(["a"], Keys());

        var ranges = _store.Ranges;
        _store.IsDown = false;
        _clock.Advance(TimeSpan.FromSeconds(10));
        var next = (await _store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put("/other" + _prefix, new byte[1])]), _stop.Token)).Revision;
        await _mirror.WaitForAsync(snapshot => snapshot.Revision >= next, _stop.Token);

        Assert.Equal(ranges + 1, _store.Ranges);
        Assert.Equal(1, ChangeCount());
        Assert.True(_mirror.IsSynced);
    }

    [Fact]
    public async Task RunAsync_HandlerThrows_GoesOn()
    {
        _mirror.Changed += _ => throw new InvalidOperationException("A reader's fault.");
        Start();
        await PutAsync("a", "1");
        await _mirror.WaitForAsync(snapshot => snapshot.Entries.Count == 1, _stop.Token);

        await PutAsync("b", "1");

        await _mirror.WaitForAsync(snapshot => snapshot.Entries.Count == 2, _stop.Token);
    }

    [Fact]
    public async Task WaitForAsync_Cancelled_Ends()
    {
        Start();
        using var cancelled = new CancellationTokenSource();
        var waiting = _mirror.WaitForAsync(_ => false, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private void Start() => _running = _mirror.RunAsync(_stop.Token);

    private IEnumerable<string> Keys() => _mirror.Current.Entries.Keys.Select(key => key[_prefix.Length..]);

    private int ChangeCount()
    {
        lock (_changes)
            return _changes.Count;
    }

    private ConfigSnapshot Last()
    {
        lock (_changes)
            return _changes[^1];
    }

    private async Task WaitForTimerAsync()
    {
        while (_clock.WaitingTimers == 0)
            await Task.Delay(10, _stop.Token);
    }

    private async Task<long> PutAsync(string key, string value) => (await _store.TxnAsync(
        new ConfigTxn([], [ConfigOperation.Put(_prefix + key, System.Text.Encoding.UTF8.GetBytes(value))]), _stop.Token)).Revision;

    private async Task<long> DeleteAsync(string key) =>
        (await _store.TxnAsync(new ConfigTxn([], [ConfigOperation.Delete(_prefix + key)]), _stop.Token)).Revision;
}
