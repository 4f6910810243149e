using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Etcd;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Configuration;

[Trait("Category", "Integration")]
public sealed class EtcdTlsTests
{
    private readonly CancellationToken _ct = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task AnyMethod_CertificateOfTheGivenAuthority_Works()
    {
        using var certificates = new TestCertificates();
        await using var etcd = await EtcdServer.StartAsync(certificates);
        using var store = new EtcdConfigStore(With(etcd, certificates.CaFile));

        var put = await store.TxnAsync(Put(), _ct);
        await using var watch = new WatchRecorder(store, "a", put.Revision);

        Assert.True(put.Succeeded);
        Assert.Single(await watch.WaitForAsync(1, _ct));
    }

    [Fact]
    public async Task AnyMethod_OtherAuthority_IsUnavailable()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        await using var etcd = await EtcdServer.StartAsync(certificates);
        using var right = new EtcdConfigStore(With(etcd, certificates.CaFile));

        foreach (var caFile in new[] { others.CaFile, null })
        {
            using var store = new EtcdConfigStore(With(etcd, caFile));
            await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.RangeAsync("a", _ct));
            await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => store.TxnAsync(Put(), _ct));
        }

        Assert.Empty((await right.RangeAsync("a", _ct)).Entries);
    }

    [Fact]
    public async Task AnyMethod_ClientCertificateAskedFor_WorksOnlyWithOne()
    {
        using var certificates = new TestCertificates();
        await using var etcd = await EtcdServer.StartAsync(certificates, askClientCertificate: true);
        var options = With(etcd, certificates.CaFile);
        using var without = new EtcdConfigStore(options);
        await Assert.ThrowsAsync<ConfigStoreUnavailableException>(() => without.TxnAsync(Put(), _ct));

        var complete = With(etcd, certificates.CaFile);
        (complete.CertificateFile, complete.KeyFile) = (certificates.ClientFile, certificates.ClientKeyFile);
        using var store = new EtcdConfigStore(complete);

        Assert.True((await store.TxnAsync(Put(), _ct)).Succeeded);
    }

    private static ConfigTxn Put() => new([new("a", 0)], [ConfigOperation.Put("a", "1"u8.ToArray())]);

    private static EtcdOptions With(EtcdServer etcd, string? caFile)
    {
        var options = etcd.Options();
        options.CaFile = caFile;
        return options;
    }
}
