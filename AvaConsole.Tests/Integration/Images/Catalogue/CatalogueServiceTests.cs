using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Integration.Images.Catalogue;

[Trait("Category", "Integration")]
public sealed class CatalogueServiceTests : IAsyncLifetime
{
    private const string Host = CatalogueGenerator.TeamHost;

    private TestConsole _console = null!;

    private CatalogueService Catalogue => _console.Get<CatalogueService>();

    private CatalogueIndex Index => _console.Get<CatalogueIndex>();

    public async Task InitializeAsync() => _console = await TestConsole.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Search_NoRegistry_HasTheBaseImages()
    {
        var result = await Catalogue.SearchAsync(new CatalogueQuery { Text = "jupyterlab" }, default);

        Assert.Equal((0, 6), (result.Registries, result.All));
        Assert.Equal(["ava-caffe", "ava-mxnet", "ava-pytorch", "ava-sdk", "ava-tensorflow"], result.Rows.Select(row => row.Image.Name));
    }

    [Fact]
    public async Task Search_GeneratedCatalogue_ReadsWhatTheDatabaseHolds()
    {
        await GenerateAsync(300, 3000);

        var result = await Catalogue.SearchAsync(new CatalogueQuery { Text = "team-00 ava-caffe py27-cuda80-cudnn6" }, default);

        var row = Assert.Single(result.Rows, row => row.Image.Path == CatalogueGenerator.KnownImage);
        var tag = Assert.Single(row.Tags);
        Assert.Equal(("caffe", "gpu", "8.0", "6", "2.7"), (tag.Facets.Framework, tag.Facets.Device, tag.Facets.Cuda, tag.Facets.Cudnn, tag.Facets.Python));
        Assert.Equal((2, 306), (result.Registries, result.All));
        Assert.Equal(3000 + (await Catalogue.BaseImagesAsync(default)).Sum(image => image.Tags.Count), result.AllTags);
        Assert.NotEmpty((await Catalogue.SearchAsync(new CatalogueQuery { Text = "detect latest team-01" }, default)).Rows);
    }

    [Fact]
    public async Task Search_RegistryChanged_ReadsItAgainAndSaysSo()
    {
        await GenerateAsync(10, 40);
        var before = await Index.GetAsync(default);
        var told = new TaskCompletionSource();
        using var subscription = _console.Get<ConsoleEvents>().Subscribe(happened =>
        {
            if (happened.Topic == CatalogueIndex.Topic) told.TrySetResult();
        });

        Assert.Same(before, await Index.RefreshAsync(default));
        await _console.QueryAsync(db => db.ImageTags.Where(tag => tag.Repository.Path == CatalogueGenerator.KnownImage).ExecuteDeleteAsync());
        Assert.Same(before, await Index.RefreshAsync(default));
        await _console.QueryAsync(db => db.ImageRegistries.Where(registry => registry.Host == Host).ExecuteUpdateAsync(set => set.SetProperty(registry => registry.IndexRevision, 2)));
        var after = await Index.RefreshAsync(default);

        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((4, 0), (before.Find($"{Host}/{CatalogueGenerator.KnownImage}")!.Tags.Count, after.Find($"{Host}/{CatalogueGenerator.KnownImage}")!.Tags.Count));
    }

    [Fact]
    public async Task Get_RegistryThatHoldsABaseImage_StandsForIt()
    {
        await GenerateAsync(1, 1);
        await _console.QueryAsync(db => db.ImageRepositories.ExecuteUpdateAsync(set => set.SetProperty(repository => repository.Path, "ava-public/ava-caffe")));

        var image = (await Catalogue.BaseImagesAsync(default)).Single(image => image.Base!.Name == "ava-caffe");

        Assert.Equal((Host, 6), (image.Host, (await Catalogue.SearchAsync(new CatalogueQuery(), default)).All));
    }

    [Fact]
    public async Task GetTag_KnownTag_HasItsImageAndItsOtherNames()
    {
        await GenerateAsync(2, 40);
        var tags = (await Catalogue.GetAsync(Host, CatalogueGenerator.KnownImage, default)).Value!.Tags;
        var known = tags.First(tag => tag.State == TagState.Known);
        var other = tags.First(tag => tag.State == TagState.Known && tag != known);
        await _console.QueryAsync(db => db.ImageTags.Where(tag => tag.Digest == other.Digest).ExecuteUpdateAsync(set => set.SetProperty(tag => tag.Digest, known.Digest)));

        var details = (await Catalogue.GetTagAsync(Host, CatalogueGenerator.KnownImage, known.Name, default)).Value!;

        Assert.Equal((known.Digest, "linux/amd64", 4), (details.Image!.Digest, details.Image.Platforms[0].Platform, details.Image.Platforms[0].Layers.Count));
        Assert.Equal([other.Name], details.OtherTags);
        Assert.Equal("catalogue.tag_not_found", (await Catalogue.GetTagAsync(Host, CatalogueGenerator.KnownImage, "none", default)).Error!.Code);
        Assert.Equal("catalogue.image_not_found", (await Catalogue.GetAsync(Host, "no/such", default)).Error!.Code);
    }

    [Fact]
    public async Task Compare_TwoTags_FindsTheirSharedLayers()
    {
        await GenerateAsync(12, 120);
        var tags = (await Catalogue.GetAsync(Host, CatalogueGenerator.KnownImage, default)).Value!.Tags.Where(tag => tag.State == TagState.Known).ToList();
        var repository = $"{Host}/{CatalogueGenerator.KnownImage}";

        var diff = (await Catalogue.CompareAsync($"{repository}:{tags[0].Name}", $"{repository}@{tags[1].Digest}", default)).Value!;

        var platform = Assert.Single(diff.Platforms);
        Assert.Equal((2, 2, 2), (platform.CountOf(ImageChange.Shared), platform.CountOf(ImageChange.Added), platform.CountOf(ImageChange.Removed)));
        var refused = Assert.IsType<InvalidError>((await Catalogue.CompareAsync("A b", repository, default)).Error);
        Assert.Equal(("a", "catalogue.reference_invalid"), (refused.Problems[0].Field, refused.Problems[0].Code));
    }

    [Fact]
    public async Task Uses_ReleaseOfTheImage_SaysWhereItIsDeployed()
    {
        var scenario = await ReleaseScenario.CreateAsync(_console);
        var release = await scenario.ReleaseAsync();
        var uses = _console.Get<CatalogueUses>();
        Assert.True(AvaConsole.Core.Images.ImageReference.TryParse(release.Image, out var image));

        var found = Assert.Single(await uses.ListAsync(image.Registry, image.Path, "", default));

        Assert.Equal((release.Id, scenario.Command, ReleaseState.Live, "staging"), (found.ReleaseId, found.Command, found.State, found.Phase));
        Assert.Empty(await uses.ListAsync(image.Registry, image.Path + "-other", "", default));
        await _console.QueryAsync(db => db.Releases.ExecuteUpdateAsync(set => set.SetProperty(known => known.ImageDigest, "sha256:aa")));
        Assert.Single(await uses.ListAsync("elsewhere.example", "moved", "sha256:aa", default));
    }

    [Fact]
    public async Task Roots_SetByAnAdministrator_AreKeptAndAudited()
    {
        var roots = _console.Get<CatalogueRoots>();

        Assert.Equal(["reg.example/vision", "hub.example"], (await roots.SetAsync([" reg.example/vision/ ", "", "hub.example", "hub.example"], _console.Alice, default)).Value!);
        Assert.Equal(["reg.example/vision", "hub.example"], await roots.GetAsync(default));
        Assert.Single(await _console.AuditAsync("settings.pullable_roots_set"));
        Assert.IsType<ForbiddenError>((await roots.SetAsync([], _console.Bob, default)).Error);
        Assert.Equal(["settings.pullable_root_invalid"], Assert.IsType<InvalidError>((await roots.SetAsync(["no host"], _console.Alice, default)).Error).Problems.Select(problem => problem.Code));
    }

    private Task GenerateAsync(int images, int tags) => new CatalogueGenerator(images, tags, DateTimeOffset.UtcNow).WriteAsync(_console.ConnectionString);
}
