using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Deployments;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Deployments;

[Trait("Category", "Integration")]
public sealed class HostStatusServiceTests
{
    [Fact]
    public async Task Hosts_StatusWrittenAndLeaseEnded_FollowTheStore()
    {
        await using var console = await TestConsole.StartAsync();
        var service = console.Get<HostStatusService>();
        using var news = new SemaphoreSlim(0);
        using var subscription = console.Get<ConsoleEvents>().Subscribe(_ => news.Release());
        await service.StartAsync(default);
        await WaitUntilAsync(() => service.LastContact is not null);
        var lease = await console.Store.GrantLeaseAsync(TimeSpan.FromMinutes(1), default);

        var status = ConfigJson.Serialize(new HostStatusDocument { Host = "gpu-1", Provider = "CPU" });
        await console.Store.TxnAsync(
            new ConfigTxn([], [ConfigOperation.Put(ConfigKey.Host("gpu-1"), status, lease), ConfigOperation.Put(ConfigKey.Host("broken"), "not json"u8.ToArray())]), default);
        await WaitUntilAsync(() => service.Hosts.Count == 1);
        Assert.Equal("gpu-1", service.Hosts[0].Host);

        await console.Store.RevokeLeaseAsync(lease, default);
        await WaitUntilAsync(() => service.Hosts.Count == 0);
        await service.StopAsync(default);

        async Task WaitUntilAsync(Func<bool> condition)
        {
            while (!condition())
                Assert.True(await news.WaitAsync(TimeSpan.FromSeconds(30)));
        }
    }
}
