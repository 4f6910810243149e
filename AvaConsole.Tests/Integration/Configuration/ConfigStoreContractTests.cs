using System.Globalization;
using System.Text;
using AvaConsole.Core.Configuration;

namespace AvaConsole.Tests.Integration.Configuration;

/// <summary>What <see cref="IConfigStore"/> promises. Every implementation runs all of it against its real server.</summary>
public abstract partial class ConfigStoreContractTests : IAsyncLifetime
{
    /// <summary>Ends a test that would wait for ever.</summary>
    protected CancellationToken Ct { get; } = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    /// <summary>Each test has keys of its own; the revisions are everyone's.</summary>
    protected string Prefix { get; } = $"/test/{Guid.NewGuid():N}/";

    protected IConfigStore Store { get; private set; } = null!;

    protected abstract Task<IConfigStore> CreateStoreAsync();

    protected abstract IConfigStore CreateUnreachableStore();

    protected abstract Task CompactAsync(long revision);

    protected abstract Task StopServerAsync();

    protected abstract Task StartServerAsync();

    public async Task InitializeAsync() => Store = await CreateStoreAsync();

    public Task DisposeAsync()
    {
        (Store as IDisposable)?.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task GetAsync_MissingKey_ReturnsNull() => Assert.Null(await Store.GetAsync(Prefix + "none", Ct));

    [Fact]
    public async Task TxnAsync_PutTwiceThenDelete_CountsVersionsAndRevisions()
    {
        var first = await PutAsync("k", "1");
        var second = await PutAsync("k", "2");
        var entry = await Store.GetAsync(Prefix + "k", Ct);

        Assert.Equal(first + 1, second);
        Assert.NotNull(entry);
        Assert.Equal((first, second, 2L, 0L, "2"), (entry.CreateRevision, entry.ModRevision, entry.Version, entry.LeaseId, Text(entry)));

        var deleted = await Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Delete(Prefix + "k")]), Ct);
        var again = await PutAsync("k", "3");
        entry = await Store.GetAsync(Prefix + "k", Ct);

        Assert.Equal(new ConfigTxnResult(true, second + 1), deleted);
        Assert.Equal((again, again, 1L), (entry!.CreateRevision, entry.ModRevision, entry.Version));
    }

    [Fact]
    public async Task TxnAsync_NothingToChange_KeepsTheRevision()
    {
        var revision = await PutAsync("k", "1");

        var empty = await Store.TxnAsync(new ConfigTxn([], []), Ct);
        var missing = await Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Delete(Prefix + "none")]), Ct);
        var conflict = await Store.TxnAsync(new ConfigTxn([new(Prefix + "k", 0)], [Put("k", "2")]), Ct);

        Assert.Equal(new ConfigTxnResult(true, revision), empty);
        Assert.Equal(new ConfigTxnResult(true, revision), missing);
        Assert.Equal(new ConfigTxnResult(false, revision), conflict);
        Assert.Equal("1", Text(await Store.GetAsync(Prefix + "k", Ct)));
    }

    [Fact]
    public async Task TxnAsync_OneOfSeveralComparesFails_ChangesNothing()
    {
        var a = await PutAsync("a", "1");
        await PutAsync("b", "1");
        var before = await Store.RangeAsync(Prefix, Ct);

        var result = await Store.TxnAsync(new ConfigTxn(
            [new(Prefix + "a", a), new(Prefix + "b", a), new(Prefix + "c", 0)],
            [Put("a", "2"), ConfigOperation.Delete(Prefix + "b"), Put("c", "2")]), Ct);

        Assert.False(result.Succeeded);
        Assert.Equal(Contents(before), Contents(await Store.RangeAsync(Prefix, Ct)));
    }

    [Fact]
    public async Task TxnAsync_SeveralKeys_ChangesAllAtOneRevision()
    {
        var b = await PutAsync("b", "1");

        var result = await Store.TxnAsync(new ConfigTxn(
            [new(Prefix + "a", 0), new(Prefix + "b", b)],
            [Put("a", "2"), ConfigOperation.Delete(Prefix + "b"), Put("c", "3")]), Ct);
        var range = await Store.RangeAsync(Prefix, Ct);

        Assert.Equal(new ConfigTxnResult(true, b + 1), result);
        Assert.Equal(["a=2", "c=3"], Contents(range));
        Assert.All(range.Entries, entry => Assert.Equal(b + 1, entry.ModRevision));
    }

    [Fact]
    public async Task TxnAsync_32ConcurrentWriters_ExactlyOneWinsEachRevision()
    {
        var expected = 0L;
        for (var round = 0; round < 8; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(writer => Task.Run(() => Store.TxnAsync(
                new ConfigTxn([new(Prefix + "k", expected)], [Put("k", $"{round}/{writer}"), Put($"won/{round}/{writer}", "")]), Ct))));

            var winner = Assert.Single(results.Select((result, writer) => (result, writer)), item => item.result.Succeeded);
            var entry = await Store.GetAsync(Prefix + "k", Ct);
            Assert.Equal($"{round}/{winner.writer}", Text(entry));
            Assert.Equal(winner.result.Revision, entry!.ModRevision);
            expected = entry.ModRevision;
        }

        Assert.Equal(8, (await Store.RangeAsync(Prefix + "won/", Ct)).Entries.Count);
    }

    [Fact]
    public async Task TxnAsync_ConcurrentIncrements_LosesNone()
    {
        async Task IncrementAsync()
        {
            for (var done = 0; done < 5;)
            {
                var entry = await Store.GetAsync(Prefix + "n", Ct);
                var next = entry is null ? 1 : int.Parse(Text(entry)!, CultureInfo.InvariantCulture) + 1;
                var txn = new ConfigTxn([new(Prefix + "n", entry?.ModRevision ?? 0)], [Put("n", $"{next}")]);
                if ((await Store.TxnAsync(txn, Ct)).Succeeded)
                    done++;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(IncrementAsync)));

        Assert.Equal("40", Text(await Store.GetAsync(Prefix + "n", Ct)));
    }

    [Fact]
    public async Task TxnAsync_MoreThanTheLimits_IsRefused()
    {
        var most = Enumerable.Range(0, 128).ToList();
        var full = new ConfigTxn([.. most.Select(i => new ConfigCompare($"{Prefix}{i}", 0))], [.. most.Select(i => Put($"{i}", "x"))]);
        ConfigTxn[] refused =
        [
            full with { Operations = [.. full.Operations, Put("more", "x")] },
            full with { Compares = [.. full.Compares, new ConfigCompare(Prefix + "more", 0)] },
            new([], [Put("twice", "1"), ConfigOperation.Delete(Prefix + "twice")]),
            new([], [ConfigOperation.Put(Prefix + "big", new byte[1_600_000])]),
            new([], [ConfigOperation.Put("", "x"u8.ToArray())]),
            new([], [ConfigOperation.Put(Prefix + "\0", "x"u8.ToArray())]),
            new([], [ConfigOperation.Put(Prefix + "\ud800", "x"u8.ToArray())]),
        ];

        foreach (var txn in refused)
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.TxnAsync(txn, Ct));
        Assert.True((await Store.TxnAsync(full, Ct)).Succeeded);
        Assert.Equal(128, (await Store.RangeAsync(Prefix, Ct)).Entries.Count);
    }

    [Fact]
    public async Task RangeAsync_TenThousandKeys_ReturnsAllInOrderAtOneRevision()
    {
        var keys = Enumerable.Range(0, 10_000).Select(i => $"{Prefix}{i:D5}").ToList();
        foreach (var chunk in keys.Chunk(128))
            await Store.TxnAsync(new ConfigTxn([], [.. chunk.Select(key => ConfigOperation.Put(key, Encoding.UTF8.GetBytes(key)))]), Ct);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var writer = WriteFirstAndLastAsync(keys, stop.Token);
        for (var i = 0; i < 5; i++)
        {
            var range = await Store.RangeAsync(Prefix, Ct);
            Assert.Equal(keys, range.Entries.Select(entry => entry.Key));
            Assert.Equal(range.Entries[0].ModRevision == 0, range.Entries[^1].ModRevision == 0);
            Assert.True(range.Entries[0].Version == range.Entries[^1].Version, "The first and the last key were read at different revisions.");
            Assert.True(range.Entries.Max(entry => entry.ModRevision) <= range.Revision);
        }

        await stop.CancelAsync();
        await writer;
    }

    [Fact]
    public async Task RangeAsync_TwelveMegabytes_ReturnsAll()
    {
        var value = new byte[1_200_000];
        Random.Shared.NextBytes(value);
        for (var i = 0; i < 10; i++)
            await Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put($"{Prefix}{i}", value)]), Ct);

        var range = await Store.RangeAsync(Prefix, Ct);

        Assert.Equal(10, range.Entries.Count);
        Assert.All(range.Entries, entry => Assert.True(entry.Value.Span.SequenceEqual(value)));
    }

    [Fact]
    public async Task RangeAsync_NeighbouringPrefixes_ReturnsOnlyWhatStartsWithIt()
    {
        foreach (var key in new[] { "a/b", "a/bc", "a/b/c", "a/b0", "a/c", "a", "z\ud7ff", "z\ud7ff!", "z\ue000", "z\U0010FFFF", "z\U0010FFFFx" })
            await PutAsync(key, "x");

        Assert.Equal(["a/b", "a/b/c", "a/b0", "a/bc"], await KeysAsync("a/b"));
        Assert.Equal(["a/b/c"], await KeysAsync("a/b/"));
        Assert.Equal(["a", "a/b", "a/b/c", "a/b0", "a/bc", "a/c"], await KeysAsync("a"));
        Assert.Equal(["z\ud7ff", "z\ud7ff!"], await KeysAsync("z\ud7ff"));
        Assert.Equal(["z\U0010FFFF", "z\U0010FFFFx"], await KeysAsync("z\U0010FFFF"));
        Assert.Equal([], await KeysAsync("b"));
        Assert.Superset(
            (await KeysAsync("")).Select(key => Prefix + key).ToHashSet(),
            (await Store.RangeAsync("", Ct)).Entries.Select(entry => entry.Key).ToHashSet());
    }

    [Fact]
    public async Task RangeAsync_UnicodeKeys_OrdersByBytes()
    {
        // By UTF-16 units the emoji would come before the ligature.
        string[] keys = ["%", "A", "Z", "_", "a", "ä", "模型/识别", "模型/识别 2", "\ufb00", "😀"];
        foreach (var key in keys.Reverse())
            await PutAsync(key, key);

        var range = await Store.RangeAsync(Prefix, Ct);

        Assert.Equal(keys.Select(key => $"{key}={key}"), Contents(range));
        Assert.Equal("😀", Text(await Store.GetAsync(Prefix + "😀", Ct)));
    }

    [Fact]
    public async Task TxnAsync_AnyBytes_AreKept()
    {
        byte[][] values = [[], [0], [.. Enumerable.Range(0, 256).Select(i => (byte)i)], [0xff, 0xfe, 0x0a, 0x0d]];

        foreach (var value in values)
        {
            await Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put(Prefix + "k", value)]), Ct);
            Assert.Equal(value, (await Store.GetAsync(Prefix + "k", Ct))!.Value.ToArray());
        }
    }

    [Fact]
    public async Task AnyMethod_UnreachableServer_IsUnavailable()
    {
        var store = CreateUnreachableStore();
        Func<Task>[] calls =
        [
            () => store.RangeAsync("a", Ct),
            () => store.GetAsync("a", Ct),
            () => store.TxnAsync(new ConfigTxn([], [Put("a", "1")]), Ct),
            () => store.GrantLeaseAsync(TimeSpan.FromSeconds(5), Ct),
            () => store.KeepLeaseAliveAsync(7, Ct),
            () => store.RevokeLeaseAsync(7, Ct),
        ];

        foreach (var call in calls)
            await Assert.ThrowsAsync<ConfigStoreUnavailableException>(call);
        (store as IDisposable)?.Dispose();
    }

    [Fact]
    public async Task AnyMethod_Cancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var ct = cancelled.Token;
        Func<Task>[] calls =
        [
            () => Store.RangeAsync(Prefix, ct),
            () => Store.GetAsync(Prefix + "a", ct),
            () => Store.TxnAsync(new ConfigTxn([], [Put("a", "1")]), ct),
            () => Store.GrantLeaseAsync(TimeSpan.FromSeconds(5), ct),
            () => Store.WatchAsync(Prefix, 1, ct).GetAsyncEnumerator(ct).MoveNextAsync().AsTask(),
        ];

        foreach (var call in calls)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        Assert.Null(await Store.GetAsync(Prefix + "a", Ct));
    }

    protected static string? Text(ConfigEntry? entry) => entry is null ? null : Encoding.UTF8.GetString(entry.Value.Span);

    protected ConfigOperation Put(string key, string value, long lease = 0) =>
        ConfigOperation.Put(Prefix + key, Encoding.UTF8.GetBytes(value), lease);

    protected async Task<long> PutAsync(string key, string value, long lease = 0) =>
        (await Store.TxnAsync(new ConfigTxn([], [Put(key, value, lease)]), Ct)).Revision;

    private IEnumerable<string> Contents(ConfigRange range) => range.Entries.Select(entry => $"{entry.Key[Prefix.Length..]}={Text(entry)}");

    private async Task<IEnumerable<string>> KeysAsync(string prefix) =>
        (await Store.RangeAsync(Prefix + prefix, Ct)).Entries.Select(entry => entry.Key[Prefix.Length..]);

    private async Task WriteFirstAndLastAsync(List<string> keys, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var value = "x"u8.ToArray();
            await Store.TxnAsync(new ConfigTxn([], [ConfigOperation.Put(keys[0], value), ConfigOperation.Put(keys[^1], value)]), Ct);
        }
    }
}
