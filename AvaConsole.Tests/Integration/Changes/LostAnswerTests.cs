using AvaConsole.Core.Changes;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Core.Configuration.Etcd;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Changes;

/// <summary>Answers that never come, stores that go away, workers that are overtaken.</summary>
[Trait("Category", "Integration")]
public sealed class LostAnswerTests : IAsyncLifetime
{
    private EtcdServer _etcd = null!;
    private CuttingProxy _proxy = null!;

    public async Task InitializeAsync()
    {
        _etcd = await EtcdServer.StartAsync();
        _proxy = ProxyTo(_etcd);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _etcd.DisposeAsync();
    }

    [Fact]
    public async Task Apply_AnswerOfEtcdLost_IsFoundInTheNonce()
    {
        await using var console = await StartOnProxyAsync();
        var plan = await RequestAsync(console);
        _proxy.CutAnswerTo("/v3/kv/txn");

        var ended = await console.ApplyUntilEndedAsync(plan.Id);

        Assert.Equal(1, _proxy.Cuts);
        await AssertAppliedOnceAsync(console, ended);
    }

    [Fact]
    public async Task Apply_RequestToEtcdLost_IsSentAgainByTheSameGuardedTransaction()
    {
        await using var console = await StartOnProxyAsync();
        var plan = await RequestAsync(console);
        _proxy.CutRequest("/v3/kv/txn");

        await console.ApplyDueAsync();
        var waiting = (await console.Changes.GetAsync(plan.Id, default)).Value!;
        _proxy.Forward();
        var ended = await console.ApplyUntilEndedAsync(plan.Id);

        Assert.Equal((ChangeState.Applying, "change.store_unavailable"), (waiting.State, waiting.FailureCode));
        Assert.True(_proxy.Cuts > 1);
        await AssertAppliedOnceAsync(console, ended);
    }

    [Fact]
    public async Task Apply_AnswerOfEmbeddedStoreLost_IsFoundInTheNonce()
    {
        FlakyConfigStore? store = null;
        await using var console = await TestConsole.StartAsync(database => store = new FlakyConfigStore(new PostgresConfigStore(database, new PostgresConfigStoreOptions())));
        var plan = await RequestAsync(console);
        store!.LosesNextAnswer = true;

        var ended = await console.ApplyUntilEndedAsync(plan.Id);

        Assert.Equal(1, store.Transactions);
        await AssertAppliedOnceAsync(console, ended);
    }

    [Fact]
    public async Task Apply_StoreAway_WaitsSaysSoAndFinishesLater()
    {
        FlakyConfigStore? store = null;
        await using var console = await TestConsole.StartAsync(database => store = new FlakyConfigStore(new PostgresConfigStore(database, new PostgresConfigStoreOptions())));
        var plan = await RequestAsync(console);
        store!.IsDown = true;

        await console.ApplyDueAsync();
        var waiting = (await console.Changes.GetAsync(plan.Id, default)).Value!;
        store.IsDown = false;
        var ended = await console.ApplyUntilEndedAsync(plan.Id);

        Assert.Equal((ChangeState.Applying, "change.store_unavailable"), (waiting.State, waiting.FailureCode));
        await AssertAppliedOnceAsync(console, ended);
    }

    [Fact]
    public async Task Apply_CopyArrivesAfterTheConflictWasReported_WritesNothing()
    {
        var store = new WithholdingStore(new EtcdConfigStore(_etcd.Options()));
        await using var console = await TestConsole.StartAsync(_ => store);
        var plan = await RequestAsync(console);
        var moved = plan.Operations[0].Key;
        store.WithholdNext = true;
        store.BeforeNext = new ConfigTxn([], [ConfigOperation.Put(moved, "{}"u8.ToArray())]);
        var ended = await console.ApplyUntilEndedAsync(plan.Id);
        Assert.Equal(ChangeState.Conflicted, ended.State);

        // Every comparison but the nonce's holds again, and only now the first copy arrives.
        await store.Inner.TxnAsync(new ConfigTxn([], [ConfigOperation.Delete(moved)]), default);
        var late = await store.Inner.TxnAsync(store.Withheld!, default);

        Assert.False(late.Succeeded);
        Assert.Null(await store.GetAsync(plan.Operations[^1].Key, default));
    }

    [Fact]
    public async Task Apply_WorkerOvertaken_CannotRecordAnything()
    {
        await using var console = await TestConsole.StartAsync();
        var plan = await RequestAsync(console);
        var outbox = console.Get<ChangeOutbox>();
        outbox.StepReached = step =>
        {
            if (step != ChangeStep.NonceRead) return;
            outbox.StepReached = null;
            // Another worker takes the entry when this one's time is over, and finishes it.
            SpinWait.SpinUntil(() => console.Applier.RunOnceAsync(default).GetAwaiter().GetResult());
        };

        await console.ApplyDueAsync();

        await AssertAppliedOnceAsync(console, (await console.Changes.GetAsync(plan.Id, default)).Value!);
    }

    private static CuttingProxy ProxyTo(EtcdServer etcd) => new(etcd.Port);

    private static async Task AssertAppliedOnceAsync(TestConsole console, ChangePlan ended)
    {
        Assert.Equal((ChangeState.Applied, ""), (ended.State, ended.FailureCode));
        foreach (var operation in ended.Operations)
        {
            var entry = (await console.Store.GetAsync(operation.Key, default))!;
            Assert.Equal((ended.AppliedRevision!.Value, 1L), (entry.ModRevision, entry.Version));
        }

        Assert.Single(await console.AuditAsync("change.applied"));
    }

    private static async Task<ChangePlan> RequestAsync(TestConsole console)
    {
        var scenario = await ReleaseScenario.CreateAsync(console);
        var plan = await scenario.ProposeReleaseAsync();
        await scenario.ApproveAsync(plan);
        return (await console.Changes.ApplyAsync(plan.Id, console.Alice, default)).Value!;
    }

    private Task<TestConsole> StartOnProxyAsync() =>
        TestConsole.StartAsync(_ => new EtcdConfigStore(new EtcdOptions { Endpoints = $"http://127.0.0.1:{_proxy.Port}" }));

    /// <summary>Keeps one transaction on its way, as a network may.</summary>
    private sealed class WithholdingStore(IConfigStore inner) : IConfigStore
    {
        public IConfigStore Inner => inner;

        public string Kind => inner.Kind;

        public bool WithholdNext { get; set; }

        /// <summary>What somebody else writes meanwhile.</summary>
        public ConfigTxn? BeforeNext { get; set; }

        public ConfigTxn? Withheld { get; private set; }

        public Task<ConfigRange> RangeAsync(string prefix, CancellationToken ct) => inner.RangeAsync(prefix, ct);

        public Task<ConfigEntry?> GetAsync(string key, CancellationToken ct) => inner.GetAsync(key, ct);

        public async Task<ConfigTxnResult> TxnAsync(ConfigTxn txn, CancellationToken ct)
        {
            if (!WithholdNext) return await inner.TxnAsync(txn, ct);
            (WithholdNext, Withheld) = (false, txn);
            await inner.TxnAsync(BeforeNext!, ct);
            throw new ConfigTxnAmbiguousException("The transaction is still on its way.");
        }

        public IAsyncEnumerable<ConfigWatchBatch> WatchAsync(string prefix, long fromRevision, CancellationToken ct) => inner.WatchAsync(prefix, fromRevision, ct);

        public Task<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken ct) => inner.GrantLeaseAsync(timeToLive, ct);

        public Task<bool> KeepLeaseAliveAsync(long leaseId, CancellationToken ct) => inner.KeepLeaseAliveAsync(leaseId, ct);

        public Task RevokeLeaseAsync(long leaseId, CancellationToken ct) => inner.RevokeLeaseAsync(leaseId, ct);
    }
}
