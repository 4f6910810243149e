using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Images;

/// <summary>Registries as an administrator keeps them.</summary>
[Trait("Category", "Integration")]
public sealed class RegistryServiceTests : IAsyncLifetime
{
    private static readonly RegistryRequest s_request = new("Team", "reg.example", "pass-word") { UserName = "pusher", Namespace = "vision", Repositories = ["vision/ava-keras", "reg.example/vision/ava-mxnet"] };

    private TestConsole _console = null!;

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Add_Registry_KeepsItsSecretSealed()
    {
        var added = (await _console.Registries.AddAsync(s_request, _console.Alice, default)).Value!;

        var shown = (await _console.Registries.GetAsync(added.Registry.Id, default)).Value!;
        Assert.Equal(("https://reg.example", "reg.example", "vision", true), (shown.Registry.Address, shown.Registry.Host, shown.Registry.Namespace, shown.HasSecret));
        Assert.Equal(["vision/ava-keras", "vision/ava-mxnet"], shown.Registry.Repositories);
        Assert.Empty(shown.Registry.SealedSecret);
        var stored = await _console.QueryAsync(db => db.ImageRegistries.SingleAsync());
        Assert.Equal("pass-word", _console.Get<RegistryAccess>().Find(stored).Value!.Credentials!.Secret);
        Assert.DoesNotContain("pass-word", (await _console.AuditAsync("registry.added"))[0].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_SecretMovedToAnotherRegistry_CannotBeOpened()
    {
        await _console.Registries.AddAsync(s_request, _console.Alice, default);
        var stored = await _console.QueryAsync(db => db.ImageRegistries.AsNoTracking().SingleAsync());

        stored.Id = Guid.CreateVersion7();

        Assert.Equal("registry.secret_unreadable", _console.Get<RegistryAccess>().Find(stored).Error?.Code);
    }

    [Theory]
    [InlineData("reg.example", "https://reg.example", "reg.example")]
    [InlineData(" HTTPS://Reg.Example:5000/ ", "https://reg.example:5000", "reg.example:5000")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000", "127.0.0.1:5000")]
    [InlineData("https://reg.example/harbor/v2/", "https://reg.example/harbor", "reg.example")]
    [InlineData("docker.io", "https://registry-1.docker.io", "docker.io")]
    [InlineData("https://hub.docker.com", "https://registry-1.docker.io", "docker.io")]
    public async Task Add_AddressAsPeopleTypeIt_IsReadAs(string typed, string address, string host)
    {
        var registry = (await _console.Registries.AddAsync(new RegistryRequest("Team", typed), _console.Alice, default)).Value!.Registry;

        Assert.Equal((address, host), (registry.Address, registry.Host));
        Assert.Equal(host == "docker.io" ? ["auth.docker.io"] : [], registry.AllowedHosts);
    }

    [Theory]
    [InlineData("", "registry.address_missing")]
    [InlineData("ftp://reg.example", "registry.address_invalid")]
    [InlineData("reg example", "registry.address_invalid")]
    [InlineData("https://", "registry.address_invalid")]
    [InlineData("https://reg.example/a%20b", "registry.address_invalid")]
    [InlineData("https://a:b@reg.example", "registry.address_has_credentials")]
    [InlineData("https://reg.example/?x=1", "registry.address_has_query")]
    [InlineData("https://reg.example/#x", "registry.address_has_query")]
    public async Task Add_AddressThatIsNone_IsRefused(string typed, string code) =>
        Assert.Equal([("Address", code)], Problems(await _console.Registries.AddAsync(new RegistryRequest("Team", typed), _console.Alice, default)));

    [Fact]
    public async Task Add_WrongValues_AreAllNamed()
    {
        var request = new RegistryRequest(" ", "reg.example", "secret")
        {
            AllowedHosts = ["https://auth.example", "auth.example:443x"],
            Namespace = "Vision",
            Repositories = ["Keras"],
            RefreshMinutes = 4,
            RequestBudget = 0,
        };

        Assert.Equal(
            [
                ("Name", "registry.name_missing"), ("AllowedHosts", "registry.allowed_host_invalid"), ("AllowedHosts", "registry.allowed_host_invalid"),
                ("Namespace", "registry.namespace_invalid"), ("Repositories", "registry.repository_invalid"), ("UserName", "registry.user_name_missing"),
                ("RefreshMinutes", "registry.number_out_of_range"), ("RequestBudget", "registry.number_out_of_range"),
            ],
            Problems(await _console.Registries.AddAsync(request, _console.Alice, default)));
    }

    [Fact]
    public async Task Add_NameOrAddressOfAnother_IsRefused()
    {
        await _console.Registries.AddAsync(s_request, _console.Alice, default);

        Assert.Equal([("Name", "registry.name_taken")], Problems(await _console.Registries.AddAsync(s_request with { Address = "other.example" }, _console.Alice, default)));
        Assert.Equal([("Address", "registry.address_taken")], Problems(await _console.Registries.AddAsync(s_request with { Name = "Other" }, _console.Alice, default)));
    }

    [Fact]
    public async Task Update_OtherAddressWithoutTheSecret_IsRefused()
    {
        var added = (await _console.Registries.AddAsync(s_request, _console.Alice, default)).Value!.Registry;
        var moved = s_request with { Address = "thief.example", Secret = null };

        Assert.Equal([("Secret", "registry.secret_retype")], Problems(await _console.Registries.UpdateAsync(added.Id, 1, moved, _console.Alice, default)));
        Assert.Equal([("Secret", "registry.secret_retype")], Problems(await _console.RegistryTester.TestAsync(added.Id, moved, _console.Alice, default)));
        // Plain HTTP is another address, too.
        Assert.Equal([("Secret", "registry.secret_retype")], Problems(await _console.Registries.UpdateAsync(added.Id, 1, moved with { Address = "http://reg.example" }, _console.Alice, default)));
        Assert.Empty(_console.Exchange.Sent);
        Assert.Equal("https://reg.example", (await _console.Registries.GetAsync(added.Id, default)).Value!.Registry.Address);
    }

    [Fact]
    public async Task Update_SecretLeftAlone_IsKeptAndRemovedWhereAsked()
    {
        var added = (await _console.Registries.AddAsync(s_request, _console.Alice, default)).Value!.Registry;

        var kept = (await _console.Registries.UpdateAsync(added.Id, 1, s_request with { Name = "Ours", Secret = null }, _console.Alice, default)).Value!;
        var gone = (await _console.Registries.UpdateAsync(added.Id, 2, s_request with { Secret = "", UserName = "" }, _console.Alice, default)).Value!;

        Assert.Equal(("Ours", true, 2), (kept.Registry.Name, kept.HasSecret, kept.Registry.Revision));
        Assert.False(gone.HasSecret);
        Assert.Equal([("Secret", "registry.secret_missing")], Problems(await _console.Registries.UpdateAsync(added.Id, 3, s_request with { Secret = null }, _console.Alice, default)));
    }

    [Fact]
    public async Task Update_EditedMeanwhile_IsRefused()
    {
        var added = (await _console.Registries.AddAsync(s_request, _console.Alice, default)).Value!.Registry;
        await _console.Registries.UpdateAsync(added.Id, 1, s_request with { Name = "Ours" }, _console.Alice, default);

        var second = await _console.Registries.UpdateAsync(added.Id, 1, s_request with { Name = "Mine" }, _console.Alice, default);

        Assert.Equal("registry.changed_meanwhile", second.Error?.Code);
        Assert.Equal("Ours", Assert.Single(await _console.Registries.ListAsync(default)).Registry.Name);
    }

    [Fact]
    public async Task Everything_WithoutPermission_IsRefusedAndAudited()
    {
        var added = (await _console.Registries.AddAsync(s_request, _console.Alice, default)).Value!.Registry;

        Error?[] errors =
        [
            (await _console.Registries.AddAsync(s_request, _console.Bob, default)).Error,
            (await _console.Registries.UpdateAsync(added.Id, 1, s_request, _console.Bob, default)).Error,
            (await _console.Registries.RemoveAsync(added.Id, _console.Bob, default)).Error,
            (await _console.Registries.RefreshAsync(added.Id, _console.Viewer, default)).Error,
            (await _console.RegistryTester.TestAsync(added.Id, s_request, _console.Bob, default)).Error,
        ];

        Assert.All(errors, error => Assert.Equal("permission.denied", error?.Code));
        Assert.Equal(5, (await _console.AuditAsync("registry.denied")).Count);
        Assert.Empty(_console.Exchange.Sent);
    }

    [Fact]
    public async Task Remove_Registry_TakesItsIndexAlong()
    {
        var added = (await _console.Registries.AddAsync(s_request, _console.Alice, default)).Value!.Registry;
        await _console.QueryAsync(async db =>
        {
            var repository = new IndexedRepository { Id = Guid.CreateVersion7(), RegistryId = added.Id, Path = "a", Tags = [new IndexedTag { Id = Guid.CreateVersion7(), Name = "t", Digest = "sha256:1" }] };
            db.AddRange(repository, new IndexedImage { Digest = "sha256:1" });
            return await db.SaveChangesAsync();
        });

        Assert.True((await _console.Registries.RemoveAsync(added.Id, _console.Alice, default)).IsSuccess);

        Assert.Equal((0, 0), await _console.QueryAsync(async db => (await db.ImageTags.CountAsync(), await db.Images.CountAsync())));
        Assert.Equal("registry.not_found", (await _console.Registries.GetAsync(added.Id, default)).Error?.Code);
    }

    private static IEnumerable<(string Field, string Code)> Problems<T>(Result<T> result) =>
        Assert.IsType<InvalidError>(result.Error).Problems.Select(problem => (problem.Field, problem.Code));
}
