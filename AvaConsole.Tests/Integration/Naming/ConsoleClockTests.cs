using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Naming;

[Trait("Category", "Integration")]
public sealed class ConsoleClockTests : IAsyncLifetime
{
    // In Shanghai it is the next morning already, in Los Angeles still the day before.
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 11, 21, 17, 30, 0, TimeSpan.Zero));
    private TestConsole _console = null!;

    private ConsoleClock Clock => _console.Get<ConsoleClock>();

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync(clock: _clock);

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Theory]
    [InlineData("", "2026-11-21")]
    [InlineData("Asia/Shanghai", "2026-11-22")]
    [InlineData("America/Los_Angeles", "2026-11-21")]
    public async Task Today_ZoneThatIsSet_IsTheDayThere(string zone, string day)
    {
        Assert.True((await Clock.SetZoneAsync(zone, _console.Alice, default)).IsSuccess);

        var today = await Clock.TodayAsync(default);

        Assert.Equal((DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), zone.Length == 0 ? "UTC" : zone), (today.Date, today.Zone));
        Assert.Equal(zone, await Clock.GetZoneAsync(default));
    }

    [Fact]
    public async Task ReserveVersion_ZoneThatIsAhead_GetsTheNextDay()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        await Clock.SetZoneAsync("Asia/Shanghai", _console.Alice, default);

        var version = await _console.Releases.ReserveVersionAsync(scenario.App.Id, "reg.example/ava/caffe:v1", new NameHolder(Guid.NewGuid(), "alice"), default);

        Assert.Equal("20261122-v1", version.Value!.Version);
    }

    [Theory]
    [InlineData("Asia/Shangri-La")]
    [InlineData("../../etc/passwd")]
    [InlineData("Asia/Shanghai\n")]
    public async Task SetZone_NoSuchZone_IsRefusedAndNothingChanges(string zone)
    {
        var refused = await Clock.SetZoneAsync(zone, _console.Alice, default);

        var problem = Assert.Single(Assert.IsType<InvalidError>(refused.Error).Problems);
        Assert.Equal(("TimeZone", "settings.time_zone_unknown", zone), (problem.Field, problem.Code, problem.Args[0]));
        Assert.Equal("", await Clock.GetZoneAsync(default));
    }

    [Fact]
    public async Task SetZone_WithoutPermission_IsRefusedAndAudited()
    {
        Assert.IsType<ForbiddenError>((await Clock.SetZoneAsync("Asia/Shanghai", _console.Bob, default)).Error);
        Assert.True((await Clock.SetZoneAsync("Asia/Shanghai", _console.Alice, default)).IsSuccess);

        Assert.Single(await _console.AuditAsync("settings.denied"));
        Assert.Contains("Asia/Shanghai", Assert.Single(await _console.AuditAsync("settings.time_zone_set")).After, StringComparison.Ordinal);
    }

    [Fact]
    public void Zones_List_HasThePlacesThatPeopleLookFor()
    {
        Assert.Contains("Asia/Shanghai", ConsoleClock.Zones);
        Assert.Contains("UTC", ConsoleClock.Zones);
    }
}
