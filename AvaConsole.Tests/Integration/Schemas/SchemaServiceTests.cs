using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Schemas;

[Trait("Category", "Integration")]
public sealed class SchemaServiceTests : IAsyncLifetime
{
    private static readonly ApiSchema s_draft = new()
    {
        Service = "digits",
        Parameters = [new ApiParameter { Name = "top_k", Type = ParameterTypes.Number, Minimum = 1.50m, Description = "how many" }],
    };

    private TestConsole _console = null!;

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task SaveDraft_Invalid_IsKeptAsTyped()
    {
        var api = (await _console.Schemas.CreateAsync(s_draft, _console.Alice, default)).Value!;
        var invalid = s_draft with { Version = "not a version", Parameters = [new ApiParameter { Name = "", Minimum = 2, Maximum = 1 }] };

        Assert.Equal(2, (await _console.Schemas.SaveDraftAsync(api.Id, invalid, 1, _console.Alice, default)).Value);

        var read = (await _console.Schemas.GetAsync(api.Id, default)).Value!;
        Assert.Equal(("not a version", 2m), (read.Draft.Version, read.Draft.Parameters[0].Minimum));
        Assert.IsType<InvalidError>((await _console.Schemas.CreateVersionAsync(api.Id, 2, _console.Alice, default)).Error);
    }

    [Fact]
    public async Task SaveDraft_TwoPeople_TheSecondIsToldWhoAndWhen()
    {
        var api = (await _console.Schemas.CreateAsync(s_draft, _console.Alice, default)).Value!;

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(number =>
            _console.Schemas.SaveDraftAsync(api.Id, s_draft with { Description = $"{number}" }, 1, _console.Alice, default)));

        Assert.Single(results, result => result.IsSuccess);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal(("api.draft_moved", "alice"), (result.Error!.Code, result.Error.Args[0])));
    }

    [Fact]
    public async Task SaveDraft_Unchanged_MakesNoRevision()
    {
        var api = (await _console.Schemas.CreateAsync(s_draft, _console.Alice, default)).Value!;

        Assert.Equal(1, (await _console.Schemas.SaveDraftAsync(api.Id, s_draft, 1, _console.Alice, default)).Value);
    }

    [Fact]
    public async Task Create_NameTaken_IsRefused()
    {
        await _console.Schemas.CreateAsync(s_draft, _console.Alice, default);

        Assert.Equal("api.name_taken", (await _console.Schemas.CreateAsync(s_draft, _console.Alice, default)).Error?.Code);
    }

    [Fact]
    public async Task CreateVersion_Twice_TheNumberIsTaken()
    {
        var api = (await _console.Schemas.CreateAsync(s_draft, _console.Alice, default)).Value!;
        Assert.Null((await _console.Schemas.CreateVersionAsync(api.Id, 1, _console.Alice, default)).Error);

        Assert.Equal("api.version_taken", (await _console.Schemas.CreateVersionAsync(api.Id, 1, _console.Alice, default)).Error?.Code);
        Assert.Equal("1.0.0", Assert.Single(await _console.Schemas.ListAsync("dig", default)).LatestVersion);
    }

    [Fact]
    public async Task Create_WithoutPermission_IsRefusedAndAudited()
    {
        Assert.IsType<ForbiddenError>((await _console.Schemas.CreateAsync(s_draft, _console.Viewer, default)).Error);
        Assert.Single(await _console.AuditAsync("api.denied"));
    }
}
