using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Integration.Images.Recipes;

[Trait("Category", "Integration")]
public sealed class RecipeServiceTests : IAsyncLifetime
{
    private static readonly RecipeRequest s_keras = new("ava-keras", "Named as in the guide.", "Keras on TensorFlow.");

    private static readonly ImageRecipe s_recipe = new()
    {
        Base = "reg.example/ava-public/ava-tensorflow:py27-cpu",
        Pip = [new PipPackage("keras", "", "==2.2.4")],
    };

    private TestConsole _console = null!;

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Create_Recipe_IsKeptWithItsFirstVersionAndAudited()
    {
        var seen = new List<ConsoleEvent>();
        using var subscription = _console.Get<ConsoleEvents>().Subscribe(seen.Add);

        var stored = await CreateAsync();

        var version = (await _console.Recipes.GetVersionAsync(stored.Id, null, default)).Value!;
        Assert.Equal((1, "First.", "alice"), (version.Stored.Number, version.Stored.Note, version.Stored.CreatedBy));
        Assert.Equal(RecipeDocument.Json(s_recipe with { Name = "ava-keras" }), RecipeDocument.Json(version.Recipe));
        Assert.Equal(("ava-keras", "Named as in the guide.", 1), (version.Stored.Recipe.Name, version.Stored.Recipe.NameReason, version.Stored.Recipe.Latest));
        Assert.Contains(seen, happened => happened.Topic == "recipe" && happened.Id == stored.Id);
        Assert.Equal(stored.Id, Assert.Single(await _console.AuditAsync("recipe.created")).SubjectId);
    }

    [Fact]
    public async Task Create_EverythingWrong_NamesAllOfIt()
    {
        var broken = s_recipe with { Base = "", Pip = [new PipPackage("keras", "", "==2.2.4"), new PipPackage("Keras", "", "")] };

        var result = await _console.Recipes.CreateAsync(new RecipeRequest("Keras"), broken, "\0", _console.Alice, default);

        Assert.Equal(["Name", "/base", "/pip", "Note"], Assert.IsType<InvalidError>(result.Error).Problems.Select(problem => problem.Field));
    }

    [Fact]
    public async Task Create_NameTaken_SaysWhichField()
    {
        await CreateAsync();

        var result = await _console.Recipes.CreateAsync(s_keras, s_recipe, "", _console.Alice, default);

        var problem = Assert.Single(Assert.IsType<InvalidError>(result.Error).Problems);
        Assert.Equal(("Name", "recipe.name_taken"), (problem.Field, problem.Code));
    }

    [Fact]
    public async Task Mutations_WithoutThePermission_AreRefusedAndAudited()
    {
        var stored = await CreateAsync();

        var errors = new Error?[]
        {
            (await _console.Recipes.CreateAsync(s_keras with { Name = "x" }, s_recipe, "", _console.Viewer, default)).Error,
            (await _console.Recipes.SaveVersionAsync(stored.Id, 1, s_recipe, "", _console.Viewer, default)).Error,
            (await _console.Recipes.DescribeAsync(stored.Id, s_keras, _console.Viewer, default)).Error,
            (await _console.Recipes.DeleteAsync(stored.Id, _console.Viewer, default)).Error,
        };

        Assert.All(errors, error => Assert.IsType<ForbiddenError>(error));
        Assert.Equal(4, (await _console.AuditAsync("recipe.denied")).Count);
    }

    [Fact]
    public async Task SaveVersion_Twice_NumbersThemAndShowsWhatChanged()
    {
        var stored = await CreateAsync();

        var second = await _console.Recipes.SaveVersionAsync(stored.Id, 1, s_recipe with { Pip = [.. s_recipe.Pip, new PipPackage("h5py", "", "==2.8.0")] }, "For weights.", _console.Bob with { Roles = _console.Alice.Roles }, default);

        Assert.Equal(2, second.Value);
        var comparison = (await _console.Recipes.CompareAsync(stored.Id, 1, 2, default)).Value!;
        Assert.Equal("recipe_change.pip_added", Assert.Single(comparison.Changes).Code);
        Assert.Contains("h5py==2.8.0", comparison.DockerfileAfter, StringComparison.Ordinal);
        Assert.DoesNotContain("h5py", comparison.DockerfileBefore, StringComparison.Ordinal);
        var known = (await _console.Recipes.GetAsync(stored.Id, default)).Value!;
        Assert.Equal([(2, "bob"), (1, "alice")], known.Versions.Select(version => (version.Number, version.CreatedBy)));
    }

    [Fact]
    public async Task SaveVersion_SomebodySavedMeanwhile_SaysWhoAndKeepsTheirs()
    {
        var stored = await CreateAsync();
        await _console.Recipes.SaveVersionAsync(stored.Id, 1, s_recipe with { User = "ava" }, "", _console.Bob with { Roles = _console.Alice.Roles }, default);

        var late = await _console.Recipes.SaveVersionAsync(stored.Id, 1, s_recipe with { User = "other" }, "", _console.Alice, default);

        var conflict = Assert.IsType<ConflictError>(late.Error);
        Assert.Equal("recipe.moved", conflict.Code);
        Assert.Equal(["bob", 2, 1], conflict.Args);
        Assert.Equal("ava", (await _console.Recipes.GetVersionAsync(stored.Id, null, default)).Value!.Recipe.User);
    }

    [Fact]
    public async Task SaveVersion_ManyAtOnce_OneWins()
    {
        var stored = await CreateAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            _console.Recipes.SaveVersionAsync(stored.Id, 1, s_recipe with { User = $"u{number}" }, "", _console.Alice, default)));

        Assert.Equal(2, Assert.Single(results, result => result.IsSuccess).Value);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal("recipe.moved", result.Error!.Code));
        Assert.Equal(2, (await _console.Recipes.GetAsync(stored.Id, default)).Value!.Versions.Count);
    }

    [Fact]
    public async Task SaveVersion_NothingDiffers_IsNoVersion()
    {
        var stored = await CreateAsync();

        var result = await _console.Recipes.SaveVersionAsync(stored.Id, 1, s_recipe, "", _console.Alice, default);

        Assert.Equal("recipe.unchanged", result.Error!.Code);
    }

    [Fact]
    public async Task Describe_Rename_LeavesOldVersionsAndWritesTheNameFromTheNextOn()
    {
        var stored = await CreateAsync();

        var described = await _console.Recipes.DescribeAsync(stored.Id, new RecipeRequest("ava-tensorflow-cpu-classify-v20261121-1", "not needed", "", IsTemplate: true), _console.Alice, default);
        await _console.Recipes.SaveVersionAsync(stored.Id, 1, s_recipe with { User = "ava" }, "", _console.Alice, default);

        Assert.Equal(("", true), (described.Value!.NameReason, described.Value.IsTemplate));
        Assert.Equal("ava-keras", (await _console.Recipes.GetVersionAsync(stored.Id, 1, default)).Value!.Recipe.Name);
        Assert.Equal("ava-tensorflow-cpu-classify-v20261121-1", (await _console.Recipes.GetVersionAsync(stored.Id, 2, default)).Value!.Recipe.Name);
    }

    [Theory]
    [InlineData("keras", true)]
    [InlineData("KERAS", true)]
    [InlineData("on tensorflow", true)]
    [InlineData("2.2.4", true)]
    [InlineData("pytorch", false)]
    [InlineData("%", false)]
    public async Task List_Search_LooksIntoNamesDescriptionsAndContents(string search, bool found)
    {
        await CreateAsync();

        var rows = await _console.Recipes.ListAsync(search, default);

        Assert.Equal(found, rows.Count == 1);
    }

    [Fact]
    public async Task List_Rows_SayWhatTheLatestVersionIs()
    {
        var stored = await CreateAsync();
        await _console.Recipes.SaveVersionAsync(stored.Id, 1, s_recipe with { Base = "ubuntu:16.04", Apt = [new AptPackage("git", "")] }, "", _console.Bob with { Roles = _console.Alice.Roles }, default);

        var row = Assert.Single(await _console.Recipes.ListAsync(null, default));

        Assert.Equal(("ava-keras", "ubuntu:16.04", 2, 2, "bob", false), (row.Name, row.Base, row.Packages, row.Latest, row.UpdatedBy, row.IsTemplate));
    }

    [Fact]
    public async Task Find_NameOrId_IsTheLatestVersion()
    {
        var stored = await CreateAsync();

        var byName = await _console.Recipes.FindAsync("ava-keras", default);
        var byId = await _console.Recipes.FindAsync(stored.Id.ToString(), default);

        Assert.Equal((1, 1), (byName.Value!.Stored.Number, byId.Value!.Stored.Number));
        Assert.Equal("recipe.not_found", (await _console.Recipes.FindAsync("ava-other", default)).Error!.Code);
    }

    [Fact]
    public async Task Delete_Recipe_IsGoneWithItsVersions()
    {
        var stored = await CreateAsync();

        Assert.True((await _console.Recipes.DeleteAsync(stored.Id, _console.Alice, default)).IsSuccess);

        Assert.Equal("recipe.not_found", (await _console.Recipes.GetAsync(stored.Id, default)).Error!.Code);
        Assert.Equal("recipe.not_found", (await _console.Recipes.SaveVersionAsync(stored.Id, 1, s_recipe, "", _console.Alice, default)).Error!.Code);
        Assert.Single(await _console.AuditAsync("recipe.deleted"));
    }

    private async Task<StoredRecipe> CreateAsync() => (await _console.Recipes.CreateAsync(s_keras, s_recipe, "First.", _console.Alice, default)).Value!;
}
