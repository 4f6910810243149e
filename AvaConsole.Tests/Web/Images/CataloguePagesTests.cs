using AngleSharp.Dom;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Tests.Support;
using AvaConsole.Web.Features.Images;
using AvaConsole.Web.Features.Settings;
using Bunit;
using Microsoft.EntityFrameworkCore;

namespace AvaConsole.Tests.Web.Images;

public sealed class CataloguePagesTests : AvaTestContext
{
    private const string Repository = "reg.example/vision/ava-keras";

    public override Task InitializeAsync() => StartConsoleAsync();

    [Fact]
    public void Catalogue_NoRegistry_ShowsTheBaseImagesAndWhatToDo()
    {
        var page = Render<CataloguePage>();

        page.WaitForAssertion(() => Assert.Equal(6, page.FindAll(".cards article").Count));
        Assert.Equal("/images/registries/new", page.Find("[data-testid=no-registry] a").GetAttribute("href"));
    }

    [Fact]
    public async Task Catalogue_FacetChosen_IsInTheAddressAndNarrows()
    {
        await CatalogueRows.AddAsync(Console, Repository + ":py27-cpu");
        var page = Render<CataloguePage>();

        page.WaitForElement("[data-testid=facet-framework-keras]").Change(true);

        Assert.EndsWith("/images?framework=keras", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal([Repository], page.FindAll(".cards .place").Select(Text)));
        Assert.Equal(["7 images, 45 matching tags"], Counts(() => Navigation.NavigateTo("/images"), page));
    }

    [Fact]
    public async Task Catalogue_NothingMatches_OffersToClear()
    {
        await CatalogueRows.AddAsync(Console, Repository + ":py27-cpu");
        Navigation.NavigateTo("/images?q=nothing-like-it&view=table");

        var page = Render<CataloguePage>();

        page.WaitForAssertion(() => Assert.Equal("/images?view=table", page.Find(".empty-state a").GetAttribute("href")));
    }

    [Fact]
    public void Catalogue_PageBeyondTheLast_ShowsTheLast()
    {
        Navigation.NavigateTo("/images?page=99");

        var page = Render<CataloguePage>();

        page.WaitForAssertion(() => Assert.Equal("1–6 of 6", page.Find(".pager-total").TextContent));
        Assert.Equal(6, page.FindAll(".cards article").Count);
    }

    [Fact]
    public async Task Image_EveryState_SaysWhatIsWrong()
    {
        await CatalogueRows.AddAsync(Console, Repository + ":good", labels: new Dictionary<string, string> { ["team"] = "<b>vision</b>" });
        await CatalogueRows.AddAsync(Console, Repository + ":gone", state: TagState.Dangling);
        await CatalogueRows.AddAsync(Console, Repository + ":odd", state: TagState.Unreadable);
        await Console.QueryAsync(db => db.ImageTags.Where(tag => tag.Name == "odd").ExecuteUpdateAsync(set => set.SetProperty(tag => tag.ErrorCode, "registry.schema1").SetProperty(tag => tag.ErrorArgs, ["odd"])));
        await Console.QueryAsync(db => db.ImageTags.Where(tag => tag.Name == "good").ExecuteUpdateAsync(set => set.SetProperty(tag => tag.PreviousDigest, CatalogueRows.Digest("before"))));
        await Console.Get<CatalogueRoots>().SetAsync(["reg.example/sound"], Console.Alice, default);

        var good = Open("good");
        Assert.Contains("mutable", Warnings(good), StringComparison.Ordinal);
        Assert.Contains("reg.example/sound", Warnings(good), StringComparison.Ordinal);
        Assert.Equal("<b>vision</b>", good.Find(".labels dd").TextContent);
        Assert.Contains("nobody can pull it", Warnings(Open("gone")), StringComparison.Ordinal);
        Assert.Contains("could not be read", Warnings(Open("odd")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_Commands_AreWhatOnePastes()
    {
        var digest = await CatalogueRows.AddAsync(Console, Repository + ":py27-cpu");

        var page = Open("py27-cpu");

        Assert.Equal(
            [
                "docker login --username \"$REGISTRY_USER\" --password-stdin reg.example", $"docker pull {Repository}:py27-cpu", $"docker pull {Repository}@{digest}",
                $"docker tag ava-keras:py27-cpu {Repository}:py27-cpu", $"docker push {Repository}:py27-cpu",
            ],
            page.FindAll(".commands pre").Select(Text));
    }

    [Fact]
    public async Task Image_InARelease_SaysWhereItIsDeployed()
    {
        var scenario = await ReleaseScenario.CreateAsync(Console);
        var release = await scenario.ReleaseAsync();
        await CatalogueRows.AddAsync(Console, release.Image);
        Assert.True(AvaConsole.Core.Images.ImageReference.TryParse(release.Image, out var image));

        var page = Render<ImagePage>(parameters => parameters.Add(page => page.Host, image.Registry).Add(page => page.Path, image.Path));

        page.WaitForAssertion(() => Assert.Equal($"/releases/{release.Id}", page.Find("td a[href^='/releases/']").GetAttribute("href")));
    }

    [Fact]
    public async Task Compare_TwoTags_ShowsLayersAndSwaps()
    {
        var shared = new IndexedLayer(CatalogueRows.Digest("base"), 40 << 20);
        await CatalogueRows.AddAsync(Console, Repository + ":1", layers: [shared, new IndexedLayer(CatalogueRows.Digest("old"), 3 << 20)], labels: new Dictionary<string, string> { ["team"] = "vision" });
        await CatalogueRows.AddAsync(Console, Repository + ":2", layers: [shared, new IndexedLayer(CatalogueRows.Digest("new"), 5 << 20)], labels: new Dictionary<string, string> { ["team"] = "sound" });
        Navigation.NavigateTo(ImageUrls.Compare(Repository + ":1", Repository + ":2"));

        var page = Render<ComparePage>();

        page.WaitForAssertion(() => Assert.Equal(["40.0 MiB", "5.0 MiB", "3.0 MiB"], page.FindAll(".sum strong").Select(Text)));
        Assert.Equal(("vision", "sound"), (page.Find("del").TextContent, page.Find("ins").TextContent));
        page.Find("[data-testid=swap]").Click();
        page.WaitForAssertion(() => Assert.Equal(["40.0 MiB", "3.0 MiB", "5.0 MiB"], page.FindAll(".sum strong").Select(Text)));
    }

    [Fact]
    public void Compare_NoReference_SaysWhichFieldAndWhy()
    {
        Navigation.NavigateTo(ImageUrls.Compare("No Such", Repository));

        var page = Render<ComparePage>();

        page.WaitForAssertion(() => Assert.Contains("No Such", page.Find("#compare-a-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void BaseImages_Matrix_SaysWhichOneIsUsableAndWhy()
    {
        Navigation.NavigateTo(CatalogueUrls.Base("ava-pure"));

        var page = Render<BaseImagesPage>();

        page.WaitForAssertion(() => Assert.Equal(6, page.FindAll("tbody tr").Count));
        Assert.Contains("JupyterLab", page.Find("tbody tr .reason").TextContent, StringComparison.Ordinal);
        Assert.Equal(["cpu", "cuda80", "cuda90", "cuda91"], page.FindAll("[data-testid=base-tags] .tag code").Select(Text));
    }

    [Fact]
    public async Task EveryPage_Opened_AsksNoRegistry()
    {
        await CatalogueRows.AddAsync(Console, Repository + ":py27-cpu");

        Render<CataloguePage>().WaitForElement(".cards article");
        Open("py27-cpu");
        Render<BaseImagesPage>().WaitForElement("tbody tr");
        Navigation.NavigateTo(ImageUrls.Compare(Repository + ":py27-cpu", Repository + ":none"));
        Render<ComparePage>().WaitForElement("[data-testid=diff]");

        Assert.Empty(Console.Get<RecordingExchange>().Sent);
    }

    [Fact]
    public async Task Settings_RootsTyped_AreSaved()
    {
        var page = Render<PullableRootsPanel>(parameters => parameters.Add(panel => panel.Allowed, true));

        page.WaitForElement("#pullable-roots").Input("reg.example/vision/\nhub.example");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Single(Toaster.Successes));
        Assert.Equal(["reg.example/vision", "hub.example"], await Console.Get<CatalogueRoots>().GetAsync(default));
        page.Find("#pullable-roots").Input("no host");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("no host", page.Find("#pullable-roots-error").TextContent, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Counts(Action act, IRenderedComponent<CataloguePage> page)
    {
        act();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".chosen")));
        return page.FindAll("[data-testid=found]").Select(Text);
    }

    private IRenderedComponent<ImagePage> Open(string tag)
    {
        Navigation.NavigateTo(ImageUrls.Image("reg.example", "vision/ava-keras", tag));
        var page = Render<ImagePage>(parameters => parameters.Add(page => page.Host, "reg.example").Add(page => page.Path, "vision/ava-keras"));
        page.WaitForAssertion(() => Assert.Equal(tag, page.Find("#tag-heading code").TextContent));
        return page;
    }

    private static string Warnings(IRenderedComponent<ImagePage> page) => string.Join('\n', page.FindAll("[role=note]").Select(Text));

    private static string Text(IElement element) => element.TextContent.Trim();
}
