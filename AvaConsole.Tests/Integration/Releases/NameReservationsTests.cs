using AvaConsole.Core.Common;
using AvaConsole.Core.Data;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Releases;

[Trait("Category", "Integration")]
public sealed class NameReservationsTests : IAsyncLifetime
{
    private const string Image = "reg.example/ava/ava-caffe-gpu-classify:v20261030-1";
    private const string First = "20261101-v20261030-1";

    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero));
    private TestConsole _console = null!;
    private ReleaseScenario _scenario = null!;

    private NameReservations Reservations => _console.Get<NameReservations>();

    public async Task InitializeAsync()
    {
        _console = await TestConsole.StartAsync(clock: _clock);
        _scenario = await ReleaseScenario.CreateAsync(_console);
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Reserve_FiftyPagesAtOnce_GetFiftyNames()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ReserveAsync(Guid.NewGuid())));

        Assert.Equal(Enumerable.Range(0, 50).Select(number => number == 0 ? First : $"{First}-{number}").Order(), versions.Order());

        // None is kept after its time.
        _clock.Advance(NameReservations.Lifetime);
        Assert.Equal(First, await ReserveAsync(Guid.NewGuid()));
        await using var db = await _console.Get<IDbContextFactory<AvaDbContext>>().CreateDbContextAsync();
        Assert.Equal(First, Assert.Single(await db.NameReservations.ToListAsync()).Name);
    }

    [Fact]
    public async Task Reserve_SamePageAgain_KeepsItsName()
    {
        var page = Guid.NewGuid();

        Assert.Equal(First, await ReserveAsync(page));
        Assert.Equal(First, await ReserveAsync(page));
    }

    [Fact]
    public async Task Reserve_OtherImage_GivesTheFirstNameBack()
    {
        var page = Guid.NewGuid();
        await ReserveAsync(page);

        Assert.Equal("20261101-v20261031", await ReserveAsync(page, "reg.example/ava/caffe:v20261031"));

        Assert.Equal(First, await ReserveAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task Renew_OpenPage_KeepsItsNameAndAClosedOneLosesIt()
    {
        var (open, closed) = (Guid.NewGuid(), Guid.NewGuid());
        await ReserveAsync(open);
        await ReserveAsync(closed);
        _clock.Advance(NameReservations.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(await Reservations.RenewAsync(open, default));
        await Reservations.ReleaseAsync(closed, default);

        _clock.Advance(NameReservations.RenewEvery);

        Assert.Equal(First + "-1", await ReserveAsync(Guid.NewGuid()));
        Assert.False(await Reservations.RenewAsync(closed, default));
    }

    [Fact]
    public async Task Create_VersionThatAnotherPageHolds_IsRefusedAndNamesWho()
    {
        var page = Guid.NewGuid();
        await ReserveAsync(page);
        var request = _scenario.Request(First);

        var refused = await _console.Releases.CreateAsync(_scenario.App.Id, request with { Page = Guid.NewGuid() }, _console.Alice, default);
        var created = await _console.Releases.CreateAsync(_scenario.App.Id, request with { Page = page }, _console.Alice, default);

        var problem = Assert.Single(Assert.IsType<InvalidError>(refused.Error).Problems);
        Assert.Equal(("Version", "release.version_reserved", "alice"), (problem.Field, problem.Code, problem.Args[1]));
        Assert.True(created.IsSuccess);
        Assert.False(await Reservations.RenewAsync(page, default));
    }

    private async Task<string> ReserveAsync(Guid page, string image = Image) =>
        (await _console.Releases.ReserveVersionAsync(_scenario.App.Id, image, new NameHolder(page, "alice"), default)).Value!.Version;
}
