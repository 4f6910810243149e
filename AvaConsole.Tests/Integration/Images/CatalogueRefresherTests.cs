using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Images;

/// <summary>The index of a registry as teams run it.</summary>
[Trait("Category", "Integration")]
public sealed class CatalogueRefresherTests : IAsyncLifetime
{
    private readonly RegistryFixture _fixture = new();
    private TestConsole _console = null!;

    private RegistryServer Server => _fixture.Server;

    private RegistryRequest Request => new("Team", Server.Url.ToString(), RegistryServer.Password) { UserName = RegistryServer.UserName };

    public async Task InitializeAsync()
    {
        await _fixture.InitializeAsync();
        _console = await TestConsole.StartAsync();
        _console.AllowRegistries(Server.Port);
    }

    public async Task DisposeAsync()
    {
        await _console.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Refresh_NewRegistry_IndexesEverything()
    {
        await AddAsync();

        Assert.True(await _console.Refresher.RunOnceAsync(default));

        var tags = await TagsAsync();
        Assert.Equal(6, tags.Count);
        Assert.All(tags, tag => Assert.Equal(TagState.Known, tag.State));
        Assert.Equal(_fixture.ImageDigest, tags.Single(tag => tag.Name == "py27-cpu").Digest);
        var image = await ImageAsync(_fixture.ImageDigest);
        var platform = Assert.Single(image.Platforms);
        Assert.Equal(("linux/amd64", RegistryMediaTypes.DockerManifest, "ubuntu16.04"), (platform.Platform, image.MediaType, platform.Labels["com.qiniu.atlab.os"]));
        Assert.True(image.SizeBytes > 0);
        Assert.Equal(2026, image.CreatedAt?.Year);
        Assert.Equal(["PATH", "TOKEN"], platform.EnvironmentNames);
        var index = await ImageAsync(_fixture.IndexDigest);
        Assert.Equal([("linux/amd64", "attestation-manifest"), ("linux/arm/v7", "")], index.Platforms.Select(part => (part.Platform, string.Join(',', part.Attestations))));
        Assert.Equal(2, await _console.QueryAsync(db => db.Images.CountAsync()));
    }

    [Fact]
    public async Task Refresh_Done_SaysHowItWent()
    {
        await AddAsync();
        await _console.Refresher.RunOnceAsync(default);

        var registry = Assert.Single(await _console.Registries.ListAsync(default));
        var report = registry.Registry.Refresh;
        Assert.Equal((2, 6, 0, 0, 0), (registry.Repositories, registry.Tags, registry.Failing, registry.Dangling, registry.Unreadable));
        Assert.Equal((2, 2, 6, 6, "", ""), (report.Repositories, report.RepositoriesAhead, report.Tags, report.Changed, report.Resume, report.ErrorCode));
        Assert.Equal(_console.Exchange.Sent.Count, report.Requests);
        Assert.NotNull(report.EndedAt);
        Assert.NotNull(report.CompletedAt);
        Assert.InRange(registry.Registry.NextRefreshAt - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(66));
        Assert.False(await _console.Refresher.RunOnceAsync(default));
    }

    [Fact]
    public async Task Refresh_NothingChanged_CostsOnlyHeads()
    {
        await AddAsync();
        await _console.Refresher.RunOnceAsync(default);
        var before = (await _console.Registries.ListAsync(default))[0].Registry.IndexRevision;

        await RefreshAgainAsync();

        Assert.Equal(6, _console.Exchange.Lines.Count(line => line.StartsWith("HEAD ", StringComparison.Ordinal)));
        Assert.DoesNotContain(_console.Exchange.Lines, line => line.StartsWith("GET ", StringComparison.Ordinal) && (line.Contains("/manifests/", StringComparison.Ordinal) || line.Contains("/blobs/", StringComparison.Ordinal)));
        Assert.Equal(6 + 3, _console.Exchange.Sent.Count);
        Assert.Equal(before, (await _console.Registries.ListAsync(default))[0].Registry.IndexRevision);
    }

    [Fact]
    public async Task Refresh_TagThatMoved_RemembersWhereItWas()
    {
        await AddAsync();
        await _console.Refresher.RunOnceAsync(default);
        var moved = await Server.PushImageAsync(RegistryFixture.Image, "latest", "arm64");

        await RefreshAgainAsync();

        var tag = (await TagsAsync()).Single(tag => tag.Name == "latest" && tag.Digest == moved);
        Assert.Equal(_fixture.ImageDigest, tag.PreviousDigest);
        Assert.NotNull(tag.MovedAt);
        Assert.Equal(1, (await _console.Registries.ListAsync(default))[0].Registry.Refresh.Changed);
        Assert.Equal("linux/arm64", Assert.Single((await ImageAsync(moved)).Platforms).Platform);
    }

    [Fact]
    public async Task Refresh_ManifestLost_TagDangles()
    {
        var digest = await Server.PushImageAsync("ava/dangling", "old", "amd64");
        await AddAsync();
        await _console.Refresher.RunOnceAsync(default);
        Server.LoseManifest("ava/dangling", digest);

        await RefreshAgainAsync();

        var tag = (await TagsAsync()).Single(tag => tag.Name == "old");
        Assert.Equal((TagState.Dangling, "", "registry.manifest_unknown"), (tag.State, tag.Digest, tag.ErrorCode));
        Assert.Equal(1, (await _console.Registries.ListAsync(default))[0].Dangling);
        Assert.Equal("ava/dangling", Assert.Single(await _console.Registries.ListFailuresAsync(tag.Repository.RegistryId, default)).Path);
    }

    [Fact]
    public async Task Refresh_TagAndRepositoryGone_AreForgotten()
    {
        await Server.PushImageAsync("ava/gone", "v1", "s390x");
        await Server.PushImageAsync(RegistryFixture.Image, "extra", "riscv64");
        await AddAsync();
        await _console.Refresher.RunOnceAsync(default);
        Assert.Equal(4, await _console.QueryAsync(db => db.Images.CountAsync()));
        Server.RemoveRepository("ava/gone");
        Server.RemoveTag(RegistryFixture.Image, "extra");

        await RefreshAgainAsync();

        Assert.Equal([RegistryFixture.Image, RegistryFixture.MultiPlatform], await _console.QueryAsync(db => db.ImageRepositories.Select(repository => repository.Path).OrderBy(path => path).ToListAsync()));
        Assert.DoesNotContain(await TagsAsync(), tag => tag.Name == "extra");
        Assert.Equal(2, await _console.QueryAsync(db => db.Images.CountAsync()));
    }

    [Fact]
    public async Task Refresh_SmallBudget_GoesOnWhereItStopped()
    {
        await AddAsync(Request with { RequestBudget = 10 });

        var runs = 0;
        do
        {
            _console.Exchange.Sent.Clear();
            await BringForwardAsync();
            await _console.Refresher.RunOnceAsync(default);
            Assert.InRange(_console.Exchange.Sent.Count, 1, 10);
        }
        while ((await _console.Registries.ListAsync(default))[0].Registry.Refresh.CompletedAt is null && ++runs < 10);

        Assert.All(await TagsAsync(), tag => Assert.Equal(TagState.Known, tag.State));
        Assert.InRange(runs, 1, 4);
    }

    [Fact]
    public async Task Refresh_WrongPassword_KeepsTheIndexAndSaysWhy()
    {
        var added = await AddAsync();
        await _console.Refresher.RunOnceAsync(default);
        await _console.Registries.UpdateAsync(added.Id, 1, Request with { Secret = "wrong" }, _console.Alice, default);

        Assert.True(await _console.Refresher.RunOnceAsync(default));

        var registry = (await _console.Registries.ListAsync(default))[0];
        Assert.Equal(("registry.credentials_refused", 6), (registry.Registry.Refresh.ErrorCode, registry.Tags));
        Assert.Equal([Server.Host], registry.Registry.Refresh.ErrorArgs);
    }

    [Fact]
    public async Task Refresh_NamedRepositories_AreAllThatIsAsked()
    {
        await AddAsync(Request with { ListsRepositories = false, Repositories = [RegistryFixture.Image, "ava/none"] });

        await _console.Refresher.RunOnceAsync(default);

        var repositories = await _console.QueryAsync(db => db.ImageRepositories.OrderBy(repository => repository.Path).ToListAsync());
        Assert.Equal([("ava-public/ava-caffe", ""), ("ava/none", "registry.repository_unknown")], repositories.Select(repository => (repository.Path, repository.ErrorCode)));
        Assert.DoesNotContain(_console.Exchange.Lines, line => line.Contains("_catalog", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refresh_TwoConsolesAtOnce_DoItOnce()
    {
        var added = await AddAsync();
        await using (await RefreshLock.TryTakeAsync(_console.Get<Npgsql.NpgsqlDataSource>(), added.Id, default))
        {
            Assert.False(await _console.Refresher.RunOnceAsync(default));
        }

        Assert.True(await _console.Refresher.RunOnceAsync(default));
    }

    [Fact]
    public async Task Test_Connection_SaysWhatItFound()
    {
        var test = (await _console.RegistryTester.TestAsync(null, Request with { Name = "", Repositories = ["ava/none"] }, _console.Alice, default)).Value!;

        Assert.Equal(
            [(RegistryTestKind.Connection, Server.Host, 0, null), (RegistryTestKind.Catalogue, Server.Host, 2, null), (RegistryTestKind.Tags, "ava/none", 0, "registry.repository_unknown"),
                (RegistryTestKind.Tags, RegistryFixture.Image, 5, null), (RegistryTestKind.Tags, RegistryFixture.MultiPlatform, 1, null)],
            test.Steps.Select(step => (step.Kind, step.Subject, step.Count, step.Error?.Code)));
        Assert.False(test.IsGood);
        Assert.Empty(await _console.Registries.ListAsync(default));
    }

    [Fact]
    public async Task Test_SecretLeftAlone_UsesTheStoredOne()
    {
        var added = await AddAsync();

        var test = (await _console.RegistryTester.TestAsync(added.Id, Request with { Secret = null }, _console.Alice, default)).Value!;

        Assert.True(test.IsGood);
        Assert.Equal(2, test.Steps.Single(step => step.Kind == RegistryTestKind.Catalogue).Count);
    }

    private async Task<ImageRegistry> AddAsync(RegistryRequest? request = null) => (await _console.Registries.AddAsync(request ?? Request, _console.Alice, default)).Value!.Registry;

    private async Task RefreshAgainAsync()
    {
        _console.Exchange.Sent.Clear();
        await BringForwardAsync();
        Assert.True(await _console.Refresher.RunOnceAsync(default));
    }

    private async Task BringForwardAsync() =>
        Assert.Null((await _console.Registries.RefreshAsync((await _console.Registries.ListAsync(default))[0].Registry.Id, _console.Alice, default)).Error);

    private Task<List<IndexedTag>> TagsAsync() => _console.QueryAsync(db => db.ImageTags.Include(tag => tag.Repository).ToListAsync());

    private Task<IndexedImage> ImageAsync(string digest) => _console.QueryAsync(db => db.Images.SingleAsync(image => image.Digest == digest));
}
