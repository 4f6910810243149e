using AvaConsole.Core.Configuration;

namespace AvaConsole.Tests.Integration.Configuration;

public abstract partial class ConfigStoreContractTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Lease_NotKeptAlive_TakesItsKeysAlong()
    {
        var lease = await Store.GrantLeaseAsync(s_short, Ct);
        await PutAsync("stays", "x");
        var put = (await Store.TxnAsync(new ConfigTxn([], [Put("a", "1", lease), Put("b", "1", lease)]), Ct)).Revision;
        Assert.Equal(lease, (await Store.GetAsync(Prefix + "a", Ct))!.LeaseId);
        await using var watch = Watch(put);

        await watch.WaitForAsync(4, Ct);

        Assert.Equal(["a", "b"], watch.Events.Where(change => change.Entry is null).Select(change => change.Key[Prefix.Length..]).Order());
        Assert.Equal(["stays=x"], Contents(await Store.RangeAsync(Prefix, Ct)));
        Assert.False(await Store.KeepLeaseAliveAsync(lease, Ct));
    }

    [Fact]
    public async Task Lease_ExpiredUnwatched_KeysAreGoneForReaders()
    {
        var lease = await Store.GrantLeaseAsync(TimeSpan.FromMilliseconds(100), Ct);
        await PutAsync("a", "1", lease);

        while (await Store.GetAsync(Prefix + "a", Ct) is not null)
            await Task.Delay(50, Ct);

        Assert.Empty((await Store.RangeAsync(Prefix, Ct)).Entries);
        Assert.Equal(1, await VersionAfterPutAsync("a"));
    }

    [Fact]
    public async Task KeepLeaseAliveAsync_BeforeItEnds_KeepsTheKeys()
    {
        var lease = await Store.GrantLeaseAsync(s_short, Ct);
        await PutAsync("a", "1", lease);

        // Time has to pass here: more than twice the lease's.
        for (var i = 0; i < 10; i++)
        {
            await Task.Delay(s_short / 4, Ct);
            Assert.True(await Store.KeepLeaseAliveAsync(lease, Ct));
        }

        Assert.Equal("1", Text(await Store.GetAsync(Prefix + "a", Ct)));
        await Store.RevokeLeaseAsync(lease, Ct);
    }

    [Fact]
    public async Task RevokeLeaseAsync_KnownLease_DeletesItsKeysAtOneRevision()
    {
        var lease = await Store.GrantLeaseAsync(TimeSpan.FromMinutes(5), Ct);
        await PutAsync("a", "1", lease);
        await PutAsync("b", "1", lease);
        var last = await PutAsync("c", "1", lease);
        // A put without the lease takes the key out of it.
        var freed = await PutAsync("c", "2");
        await using var watch = Watch(freed);

        await Store.RevokeLeaseAsync(lease, Ct);
        await watch.WaitForAsync(3, Ct);

        Assert.Equal(last + 1, freed);
        Assert.Equal([freed, freed + 1, freed + 1], watch.Events.Select(change => change.Revision));
        Assert.Equal(["c=2"], Contents(await Store.RangeAsync(Prefix, Ct)));
        Assert.False(await Store.KeepLeaseAliveAsync(lease, Ct));
    }

    [Fact]
    public async Task RevokeLeaseAsync_UnknownLease_IsIgnored() => await Store.RevokeLeaseAsync(4711, Ct);

    [Fact]
    public async Task KeepLeaseAliveAsync_UnknownLease_SaysNo() => Assert.False(await Store.KeepLeaseAliveAsync(4711, Ct));

    [Fact]
    public async Task TxnAsync_UnknownLease_ChangesNothing()
    {
        var txn = new ConfigTxn([], [Put("a", "1"), Put("b", "1", 4711)]);

        await Assert.ThrowsAsync<ConfigLeaseLostException>(() => Store.TxnAsync(txn, Ct));

        Assert.Empty((await Store.RangeAsync(Prefix, Ct)).Entries);
    }

    private async Task<long> VersionAfterPutAsync(string key)
    {
        await PutAsync(key, "2");
        return (await Store.GetAsync(Prefix + key, Ct))!.Version;
    }
}
