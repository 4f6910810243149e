using AvaConsole.Core.Naming;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Settings;
using Bunit;

namespace AvaConsole.Tests.Web.Settings;

public sealed class TimeZonePanelTests : AvaTestContext
{
    public override Task InitializeAsync() => StartConsoleAsync();

    [Fact]
    public async Task Save_Zone_IsKeptAndTheDayShown()
    {
        var panel = Render<TimeZonePanel>(parameters => parameters.Add(one => one.Allowed, true));

        panel.WaitForElement("#time-zone").Input("Asia/Shanghai");
        panel.WaitForAssertion(() => Assert.False(panel.Find("button").HasAttribute("disabled")));
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Contains("in Asia/Shanghai", panel.Find("[data-testid=today]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Asia/Shanghai", await Console.Get<ConsoleClock>().GetZoneAsync(default));
    }

    [Fact]
    public void Save_NoSuchZone_SaysWhichAndWhatInstead()
    {
        var panel = Render<TimeZonePanel>(parameters => parameters.Add(one => one.Allowed, true));

        panel.WaitForElement("#time-zone").Input("Shangri-La");
        panel.WaitForAssertion(() => Assert.False(panel.Find("button").HasAttribute("disabled")));
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Contains("“Shangri-La” is no time zone", panel.Find("#time-zone-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("Shangri-La", panel.Find("#time-zone").GetAttribute("value"));
    }

    [Fact]
    public void Render_NotAnAdministrator_IsOnlyShown()
    {
        var panel = Render<TimeZonePanel>();

        Assert.True(panel.WaitForElement("#time-zone").HasAttribute("disabled"));
        Assert.Empty(panel.FindAll("button"));
    }
}
