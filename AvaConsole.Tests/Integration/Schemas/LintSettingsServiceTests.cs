using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Schemas;

[Trait("Category", "Integration")]
public sealed class LintSettingsServiceTests : IAsyncLifetime
{
    private const string Rule = "schema.description_missing";

    private TestConsole _console = null!;

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Set_OneProject_HoldsForItAlone()
    {
        Assert.Null((await _console.LintSettings.SetAsync("gas", "one", Rule, LintSeverity.Error, _console.Alice, default)).Error);
        Assert.Null((await _console.LintSettings.SetAsync("gas", "one", "schema.response_missing", LintSeverity.Off, _console.Alice, default)).Error);

        var settings = await _console.LintSettings.GetAsync("gas", "one", default);
        Assert.Equal((LintSeverity.Error, LintSeverity.Off), (settings.SeverityOf(Rule), settings.SeverityOf("schema.response_missing")));
        Assert.Empty((await _console.LintSettings.GetAsync("gas", "two", default)).Rules);
        Assert.Equal([("gas", "one")], await _console.LintSettings.ListProjectsAsync(default));
        Assert.Equal(2, (await _console.AuditAsync("settings.lint_changed")).Count);
    }

    [Fact]
    public async Task Replace_FileOfRules_TakesTheirPlace()
    {
        await _console.LintSettings.SetAsync("gas", "one", Rule, LintSeverity.Error, _console.Alice, default);

        var settings = LintSettings.Parse("""{"rules": {"schema.response_missing": "error"}}""").Value!;
        Assert.Null((await _console.LintSettings.ReplaceAsync("gas", "one", settings, _console.Alice, default)).Error);

        Assert.Equal(settings.ToJson(), (await _console.LintSettings.GetAsync("gas", "one", default)).ToJson());
    }

    [Theory]
    [InlineData("gas", "schema.service_missing", "lint.rule_fixed")]
    [InlineData("gas", "schema.nonsense", "lint.rule_unknown")]
    [InlineData("a/b", Rule, "schema.segment_invalid")]
    public async Task Set_Unusable_IsRefused(string group, string rule, string code) =>
        Assert.Equal(code, Assert.Single(Assert.IsType<InvalidError>((await _console.LintSettings.SetAsync(group, "one", rule, LintSeverity.Off, _console.Alice, default)).Error).Problems).Code);

    [Fact]
    public async Task Set_WithoutPermission_IsRefusedAndAudited()
    {
        var designer = _console.Viewer with { Roles = [Roles.Designer] };

        Assert.IsType<ForbiddenError>((await _console.LintSettings.SetAsync("gas", "one", Rule, LintSeverity.Off, designer, default)).Error);
        Assert.Single(await _console.AuditAsync("settings.denied"));
    }
}
