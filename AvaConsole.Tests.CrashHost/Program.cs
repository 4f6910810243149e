using System.Diagnostics;
using AvaConsole.Core;
using AvaConsole.Core.Accounts;
using AvaConsole.Core.Changes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Configuration.Embedded;
using AvaConsole.Core.Configuration.Etcd;
using AvaConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

// Arguments: connection string, etcd's URL or "embedded", plan, account that applies it (or "resume"), step at which to die (or "none").
var (connectionString, etcd, plan, account, step) = (args[0], args[1], Guid.Parse(args[2]), args[3], args[4]);

var services = new ServiceCollection();
services.AddLogging();
services.AddSingleton(NpgsqlDataSource.Create(connectionString));
services.AddSingleton(new SecretBox(new byte[32]));
services.AddSingleton<IConfigStore>(provider => etcd == "embedded"
    ? new PostgresConfigStore(provider.GetRequiredService<NpgsqlDataSource>(), new PostgresConfigStoreOptions())
    : new EtcdConfigStore(new EtcdOptions { Endpoints = etcd }));
services.AddAvaCore();
services.AddSingleton(provider => new ChangeOutbox(provider.GetRequiredService<IDbContextFactory<AvaDbContext>>(), TimeProvider.System)
{
    Lease = TimeSpan.FromMilliseconds(200),
    StepReached = reached =>
    {
        if (reached.ToString() == step)
        {
            // SIGKILL: no handler, no finally, no flush.
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    },
});
await using var provider = services.BuildServiceProvider();

if (account != "resume")
{
    var applied = await provider.GetRequiredService<ChangeService>().ApplyAsync(plan, new Actor(Guid.Parse(account), "alice", [Roles.Admin], null), default);
    if (!applied.IsSuccess) return 2;
}

// Entries of a worker that was killed come due when its time is over.
var applier = provider.GetRequiredService<ChangeApplier>();
var changes = provider.GetRequiredService<ChangeService>();
while ((await changes.GetAsync(plan, default)).Value!.State == ChangeState.Applying)
{
    if (!await applier.RunOnceAsync(default)) await Task.Delay(20);
}

return 0;
