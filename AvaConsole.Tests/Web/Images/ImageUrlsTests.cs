using AvaConsole.Web.Features.Images;

namespace AvaConsole.Tests.Web.Images;

public sealed class ImageUrlsTests
{
    private static readonly Guid s_id = new("0198c0de-0000-7000-8000-000000000001");

    [Theory]
    [InlineData("reg.example", "keras", null, "/images/of/reg.example/keras")]
    [InlineData("reg.example:5000", "vision/ava-keras", null, "/images/of/reg.example%3A5000/vision/ava-keras")]
    [InlineData("docker.io", "library/python", "3.12", "/images/of/docker.io/library/python?tag=3.12")]
    public void Image_HostAndPath_KeepsThePathsSlashesOnly(string host, string path, string? tag, string url) =>
        Assert.Equal(url, ImageUrls.Image(host, path, tag));

    [Fact]
    public void Compare_References_AreEscaped()
    {
        Assert.Equal("/images/compare?a=reg.example%2Fa%3Av1&b=b%40sha256%3A0", ImageUrls.Compare("reg.example/a:v1", "b@sha256:0"));
        Assert.Equal("/images/compare", ImageUrls.Compare(null, null));
    }

    [Fact]
    public void Things_HaveTheirOwnAddress() => Assert.Equal(
        [$"/images/registries/{s_id}", $"/images/recipes/{s_id}"],
        [ImageUrls.Registry(s_id), ImageUrls.Recipe(s_id)]);
}
