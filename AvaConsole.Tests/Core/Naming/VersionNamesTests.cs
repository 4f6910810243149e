using AvaConsole.Core.Images;
using AvaConsole.Core.Naming;

namespace AvaConsole.Tests.Core.Naming;

public sealed class VersionNamesTests
{
    [Theory]
    [InlineData("reg.example/ava/caffe:v20261101", "v20261101")]
    [InlineData("reg.example:5000/ava/caffe:v20261101-1", "v20261101-1")]
    [InlineData("ava-caffe:classify-v20261101-1", "v20261101-1")]
    [InlineData("ava-caffe-gpu-classify-v20261101-1", "v20261101-1")]
    [InlineData("ava-caffe-gpu-classify-v20261101-1:latest", "v20261101-1")]
    [InlineData("ava-caffe:py27-cuda80_x", "py27-cuda80_x")]
    [InlineData("ava-caffe:_x", "x")]
    [InlineData("ava-caffe@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "0123456789ab")]
    [InlineData("ava-caffe", "latest")]
    public void ImageVersionOf_Reference_IsFitForAKey(string image, string expected)
    {
        Assert.True(ImageReference.TryParse(image, out var reference));

        Assert.Equal(expected, VersionNames.ImageVersionOf(reference));
        Assert.True(VersionNames.IsVersion(new AppVersion(new DateOnly(2026, 11, 1), expected, 3).ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("a b")]
    [InlineData("a:")]
    [InlineData("a:b:c/")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("a@sha256:12")]
    public void TryParse_NoReference_SaysNo(string text) => Assert.False(ImageReference.TryParse(text, out _));

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("-a")]
    [InlineData("a\n")]
    public void IsVersion_NotFitForAKey_SaysNo(string version) => Assert.False(VersionNames.IsVersion(version));
}
