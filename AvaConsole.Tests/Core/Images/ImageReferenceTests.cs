using AvaConsole.Core.Images;

namespace AvaConsole.Tests.Core.Images;

public sealed class ImageReferenceTests
{
    private static readonly string s_sha256 = "sha256:" + new string('0', 64);
    private static readonly string s_sha512 = "sha512:" + new string('a', 128);

    public static TheoryData<string, string, string, string, string> Good => new()
    {
        { "ava-caffe", "", "ava-caffe", "", "" },
        { "ava-public/ava-caffe:py27-cpu", "", "ava-public/ava-caffe", "py27-cpu", "" },
        { "reg.example/ava/caffe:V1_0.x-", "reg.example", "ava/caffe", "V1_0.x-", "" },
        { "reg.example:5000/caffe", "reg.example:5000", "caffe", "", "" },
        { "caffe:5000", "", "caffe", "5000", "" },
        { "localhost/caffe", "localhost", "caffe", "", "" },
        { "localhost:5000/caffe:1", "localhost:5000", "caffe", "1", "" },
        { "Registry/caffe", "Registry", "caffe", "", "" },
        { "[::1]:5000/caffe:1", "[::1]:5000", "caffe", "1", "" },
        { "x/a.b_c__d---e", "", "x/a.b_c__d---e", "", "" },
        { "caffe@" + s_sha256, "", "caffe", "", s_sha256 },
        { "reg.example:5000/a/b:t@" + s_sha512, "reg.example:5000", "a/b", "t", s_sha512 },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void TryParse_Reference_HasItsPartsAndItsText(string text, string registry, string path, string tag, string digest)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));

        Assert.Equal((registry, path, tag, digest), (reference.Registry, reference.Path, reference.Tag, reference.Digest));
        Assert.Equal(text, reference.ToString());
    }

    [Theory]
    [InlineData("python:3", "docker.io/library/python:3")]
    [InlineData("docker.io/python", "docker.io/library/python")]
    [InlineData("vision/ava-keras", "docker.io/vision/ava-keras")]
    [InlineData("Reg.Example:5000/ava/caffe:v1", "reg.example:5000/ava/caffe:v1")]
    [InlineData("Registry/caffe", "Registry/caffe")]
    [InlineData("localhost/caffe", "localhost/caffe")]
    public void Qualified_Reference_NamesWhatConventionLeavesOut(string text, string expected)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));
        var qualified = reference.Qualified();

        Assert.Equal(expected, qualified.ToString());
        Assert.Equal(qualified, qualified.Qualified());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("a/Upper")]
    [InlineData("a..b")]
    [InlineData("a/b..c")]
    [InlineData("a___b")]
    [InlineData("a._b")]
    [InlineData("-a")]
    [InlineData("a.b_c/d")]
    [InlineData("a-")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("../a")]
    [InlineData("reg.example:/a")]
    [InlineData("reg.example:0/a")]
    [InlineData("reg.example:65536/a")]
    [InlineData("-reg.example/a")]
    [InlineData("reg.example/")]
    [InlineData("a:")]
    [InlineData("a:-b")]
    [InlineData("a:b@")]
    [InlineData("a@sha256:12")]
    [InlineData("a@md5:0123456789abcdef0123456789abcdef")]
    [InlineData("a@sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("a\n")]
    [InlineData("http://reg.example/a")]
    public void TryParse_NoReference_SaysNo(string? text) => Assert.False(ImageReference.TryParse(text, out _));

    [Theory]
    [InlineData(255, 128, true)]
    [InlineData(256, 1, false)]
    [InlineData(1, 129, false)]
    public void TryParse_Lengths_AreBounded(int repository, int tag, bool expected) =>
        Assert.Equal(expected, ImageReference.TryParse($"{new string('a', repository)}:{new string('t', tag)}", out _));

    [Fact]
    public void TryParse_HostAndPath_AreBoundedTogether()
    {
        Assert.True(ImageReference.TryParse("reg.example/" + new string('a', 243), out _));
        Assert.False(ImageReference.TryParse("reg.example/" + new string('a', 244), out _));
    }
}
