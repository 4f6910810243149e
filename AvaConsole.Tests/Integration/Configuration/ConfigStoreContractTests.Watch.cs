using AvaConsole.Core.Configuration;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Configuration;

public abstract partial class ConfigStoreContractTests
{
    [Fact]
    public async Task WatchAsync_PastRevision_DeliversEveryChangeSince()
    {
        await PutAsync("a", "0");
        var from = await PutAsync("a", "1");
        await PutAsync("b", "1");
        await Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Delete(Prefix + "a"), Put("b", "2")]), Ct);
        await using var watch = Watch(from);

        Assert.Equal(
            [$"{from} a=1 v2", $"{from + 1} b=1 v1", $"{from + 2} a deleted", $"{from + 2} b=2 v2"],
            await watch.WaitForAsync(4, Ct));

        await PutAsync("c", "1");
        Assert.Equal($"{from + 3} c=1 v1", (await watch.WaitForAsync(5, Ct))[4]);
    }

    [Fact]
    public async Task WatchAsync_OtherPrefixes_AreNotDelivered()
    {
        await using var watch = new WatchRecorder(Store, Prefix + "b", await PutAsync("0", "x"));
        foreach (var key in new[] { "a", "b", "bc", "c", "b/d" })
            await PutAsync(key, "x");

        await watch.WaitForAsync(3, Ct);

        Assert.Equal(["b", "bc", "b/d"], watch.Events.Select(change => change.Key[Prefix.Length..]));
    }

    [Fact]
    public async Task WatchAsync_NothingHappens_GivesSignsOfLife()
    {
        var revision = await PutAsync("a", "1");
        await using var watch = Watch(revision + 1);

        await watch.WaitUntilAsync(recorder => recorder.Batches.Count >= 2, Ct);

        Assert.Empty(watch.Events);
        Assert.All(watch.Batches, batch => Assert.True(batch.Revision >= revision));
    }

    [Fact]
    public async Task WatchAsync_ConcurrentWriters_DeliversWholeRevisionsInOrderOnce()
    {
        var from = await PutAsync("start", "x") + 1;
        await using var live = Watch(from);

        async Task<List<string>> WriteAsync(int writer)
        {
            var written = new List<string>();
            for (var i = 0; i < 40; i++)
            {
                var result = await Store.TxnAsync(new ConfigTxn([], [Put($"{writer}", $"{i}"), Put($"{writer}/{i}", $"{i}"), Put($"x{i % 3}", $"{writer}")]), Ct);
                await Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put($"/noise{Prefix}{writer}", new byte[10])]), Ct);
                written.AddRange($"{result.Revision} {writer}", $"{result.Revision} {writer}/{i}", $"{result.Revision} x{i % 3}");
            }

            return written;
        }

        var all = (await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(writer))))).SelectMany(item => item).ToList();
        await using var late = Watch(from);
        foreach (var watch in new[] { live, late })
        {
            await watch.WaitForAsync(all.Count, Ct);
            Assert.Equal(all.Order(), watch.Events.Select(change => $"{change.Revision} {change.Key[Prefix.Length..]}").Order());
            AssertWholeAndOrdered(watch);
        }
    }

    [Fact]
    public async Task WatchAsync_ServerRestarts_GoesOnWithoutGapOrRepeat()
    {
        var from = await PutAsync("0", "x");
        await using var watch = Watch(from);
        var expected = new List<long> { from };
        for (var restart = 1; restart <= 2; restart++)
        {
            expected.Add(await PutAsync($"{restart}/before", "x"));
            await watch.WaitForAsync(expected.Count, Ct);
            expected.Add(await PutAsync($"{restart}/unread", "x"));
            await StopServerAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => Store.GetAsync(Prefix + "0", Ct));
            await StartServerAsync();
            expected.Add(await PutWhenBackAsync($"{restart}/after"));
        }

        await watch.WaitForAsync(expected.Count, Ct);

        Assert.Equal(expected, watch.Events.Select(change => change.Revision));
        Assert.Equal(expected.Count, (await Store.RangeAsync(Prefix, Ct)).Entries.Count);
    }

    [Fact]
    public async Task WatchAsync_CompactedRevision_SaysWhereAWatchCanStart()
    {
        var first = await PutAsync("a", "1");
        await PutAsync("a", "2");
        await using var running = Watch(first);
        await running.WaitForAsync(2, Ct);
        var compacted = (await Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Delete(Prefix + "a")]), Ct)).Revision;
        await CompactAsync(compacted);

        foreach (var from in new[] { first, compacted })
        {
            await using var late = Watch(from);
            var failure = await Assert.ThrowsAsync<ConfigCompactedException>(() => late.WaitForAsync(1, Ct));
            Assert.Equal(compacted + 1, failure.CompactRevision);
        }

        await using var allowed = Watch(compacted + 1);
        var next = await PutAsync("b", "1");
        Assert.Equal([$"{next} b=1 v1"], await allowed.WaitForAsync(1, Ct));
        Assert.Equal([first, first + 1, compacted, next], (await running.WaitForAsync(4, Ct), running.Events.Select(change => change.Revision)).Item2);
    }

    [Fact]
    public async Task WatchAsync_CancelledWhileWaiting_Ends()
    {
        var watch = Watch(await PutAsync("a", "1"));
        await watch.WaitForAsync(1, Ct);

        await watch.DisposeAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(watch.Failure);
    }

    [Fact]
    public async Task WatchAsync_RevisionBelowOne_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.WatchAsync(Prefix, 0, Ct).GetAsyncEnumerator(Ct).MoveNextAsync().AsTask());

    [Fact]
    public async Task WatchAsync_FutureRevision_StartsThere()
    {
        var now = await PutAsync("a", "1");
        await using var watch = Watch(now + 3);
        for (var i = 0; i < 4; i++)
            await PutAsync("a", "x");

        await watch.WaitForAsync(2, Ct);

        Assert.Equal([now + 3, now + 4], watch.Events.Select(change => change.Revision));
    }

    protected WatchRecorder Watch(long from) => new(Store, Prefix, from);

    private static void AssertWholeAndOrdered(WatchRecorder watch)
    {
        var revision = 0L;
        foreach (var batch in watch.Batches)
        {
            Assert.All(batch.Events, change => Assert.True(change.Revision > revision));
            Assert.True(batch.Revision >= revision);
            Assert.Equal(batch.Events.Select(change => change.Revision).Order(), batch.Events.Select(change => change.Revision));
            Assert.All(batch.Events, change => Assert.True(change.Revision <= batch.Revision));
            revision = batch.Revision;
        }
    }

    private async Task<long> PutWhenBackAsync(string key)
    {
        while (true)
        {
            try
            {
                return await PutAsync(key, "x");
            }
            catch (ConfigStoreUnavailableException)
            {
                await Task.Delay(20, Ct);
            }
        }
    }
}
