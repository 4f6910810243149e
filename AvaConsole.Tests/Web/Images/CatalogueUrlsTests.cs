using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Features.Images;

namespace AvaConsole.Tests.Web.Images;

public sealed class CatalogueUrlsTests
{
    [Fact]
    public void List_EverythingChosen_IsReadBackAsItWas()
    {
        var filter = new CatalogueFilter { Text = "a & b", Sort = CatalogueSort.Newest, IsTable = true, Page = 3 }
            .Toggle(CatalogueFacet.Device, "gpu").Toggle(CatalogueFacet.Team, "机器+视觉").Toggle(CatalogueFacet.Team, "sound") with
        { Page = 3 };

        var address = CatalogueUrls.List(filter);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri("http://console.test" + address).Query);
        var read = CatalogueUrls.Parse(query["q"], query["sort"], query["view"], query["page"], facet => query.TryGetValue(CatalogueUrls.Name(facet), out var values) ? [.. values.OfType<string>()] : null);

        Assert.Equal("/images?q=a%20%26%20b&device=gpu&team=%E6%9C%BA%E5%99%A8%2B%E8%A7%86%E8%A7%89&team=sound&sort=newest&view=table&page=3", address);
        Assert.Equal(address, CatalogueUrls.List(read));
    }

    [Fact]
    public void Parse_NonsenseInTheAddress_IsIgnored()
    {
        var read = CatalogueUrls.Parse("  ", "shoe-size", "pie", "-4", facet => facet == CatalogueFacet.Cuda ? ["", "8.0", "8.0"] : null);

        Assert.Equal("/images?cuda=8.0", CatalogueUrls.List(read));
    }

    [Fact]
    public void Toggle_Date_ReplacesTheOther()
    {
        var filter = new CatalogueFilter { Page = 4 }.Toggle(CatalogueFacet.Date, "week").Toggle(CatalogueFacet.Date, "year");

        Assert.Equal((1, "/images?date=year"), (filter.Page, CatalogueUrls.List(filter)));
        Assert.Equal("/images", CatalogueUrls.List(filter.Toggle(CatalogueFacet.Date, "year")));
    }

    [Fact]
    public void Of_BaseImageOfNoRegistry_LeadsToTheBaseImages()
    {
        Assert.Equal("/images/base?image=ava-caffe", CatalogueUrls.Of(new CatalogueImage { Path = "ava-public/ava-caffe" }));
        Assert.Equal("/images/of/reg.example%3A5000/vision/ava-caffe?tag=py27-cpu", CatalogueUrls.Of(new CatalogueImage { Host = "reg.example:5000", Path = "vision/ava-caffe" }, "py27-cpu"));
    }

    [Theory]
    [InlineData(null, null, null, 1, "/images/of/r.example/a/b")]
    [InlineData(null, "py 27", "name", 2, "/images/of/r.example/a/b?q=py%2027&sort=name&page=2")]
    [InlineData("t", "x", null, 1, "/images/of/r.example/a/b?tag=t&q=x")]
    public void Tags_Parts_AreInTheAddress(string? tag, string? search, string? sort, int page, string expected) =>
        Assert.Equal(expected, CatalogueUrls.Tags("r.example", "a/b", tag, search, sort, page));
}
