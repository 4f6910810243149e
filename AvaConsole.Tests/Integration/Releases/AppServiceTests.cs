using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Releases;

[Trait("Category", "Integration")]
public sealed class AppServiceTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Theory]
    [InlineData("dig", "app.command_invalid")]
    [InlineData("Digits", "app.command_invalid")]
    [InlineData("digits/x", "app.command_invalid")]
    [InlineData("default", "app.command_reserved")]
    [InlineData("comics", "app.command_taken_app")]
    [InlineData("comics-bg", "app.command_prefix_app")]
    [InlineData("comi", "app.command_prefix_app")]
    public async Task Create_CommandThatCannotBe_IsRefused(string command, string code)
    {
        Assert.True((await CreateAsync("comics")).IsSuccess);

        var problem = Assert.Single(Assert.IsType<InvalidError>((await CreateAsync(command)).Error).Problems);

        Assert.Equal(("Command", code), (problem.Field, problem.Code));
        Assert.Equal(command, problem.Args[0]);
    }

    [Fact]
    public async Task Update_SecretKeyNull_KeepsIt_Empty_RemovesIt()
    {
        var app = (await CreateAsync("digits")).Value!;
        var request = new AppRequest("digits", "", true, null, 0, "ak", null);

        var kept = (await _console.Apps.UpdateAsync(app.Id, request, _console.Alice, default)).Value!;
        Assert.Equal("hush"u8.ToArray(), _console.Get<SecretBox>().Open(kept.SealedSecretKey, $"app:{app.Id}:sk"));
        var removed = (await _console.Apps.UpdateAsync(app.Id, request with { SecretKey = "" }, _console.Alice, default)).Value!;

        Assert.Empty(removed.SealedSecretKey);
        Assert.DoesNotContain(await _console.AuditAsync(), entry => (entry.Before + entry.After).Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Update_OtherCommand_IsRefused()
    {
        var app = (await CreateAsync("digits")).Value!;

        var refused = await _console.Apps.UpdateAsync(app.Id, new AppRequest("letters", "", true, null, 0, "", null), _console.Alice, default);

        Assert.Equal("app.command_fixed", Assert.Single(Assert.IsType<InvalidError>(refused.Error).Problems).Code);
    }

    [Fact]
    public async Task AddTestCase_EverythingWrong_NamesEveryField()
    {
        var app = (await CreateAsync("digits")).Value!;

        var refused = await _console.Apps.AddTestCaseAsync(app.Id, new TestCaseRequest(" ", "", "image/png", [], "", 2), _console.Alice, default);

        Assert.Equal(["Name", "Content", "MinimumScore"], Assert.IsType<InvalidError>(refused.Error).Problems.Select(problem => problem.Field));
    }

    private Task<Result<App>> CreateAsync(string command) =>
        _console.Apps.CreateAsync(new AppRequest(command, "", true, null, 0, "ak", "hush"), _console.Alice, default);
}
