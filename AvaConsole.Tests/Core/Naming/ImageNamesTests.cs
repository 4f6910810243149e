using AvaConsole.Core.Naming;

namespace AvaConsole.Tests.Core.Naming;

public sealed class ImageNamesTests
{
    private static readonly string[] s_frameworks = ["caffe", "mxnet", "tf2.15", "py_torch", "x"];
    private static readonly string[] s_kinds = ["classify", "face-det", "det", "v2", "vx-20180228", "seg.fast", "c-p-u"];

    [Theory]
    [InlineData("ava-caffe-gpu-classify-v20180228-1", "caffe", "gpu", "classify", "v20180228-1")]
    [InlineData("ava-caffe-classify-v20180228", "caffe", "", "classify", "v20180228")]
    [InlineData("ava-mxnet-cpu-face-det-v20261101-12", "mxnet", "cpu", "face-det", "v20261101-12")]
    public void TryParse_Name_GivesItsParts(string text, string framework, string device, string kind, string version)
    {
        Assert.True(ImageName.TryParse(text, out var name));

        Assert.Equal((framework, device, kind, version), (name.Framework, name.Device, name.Kind, name.Version));
    }

    [Theory]
    [InlineData("caffe-gpu-classify-v20180228-1")]
    [InlineData("ava-caffe-gpu-v20180228-1")] // No kind.
    [InlineData("ava-gpu-classify-v20180228-1")] // No framework.
    [InlineData("ava-caffe-classify-v20180231-1")] // No such day.
    [InlineData("ava-caffe-classify-v20180228-0")]
    [InlineData("ava-caffe-classify-v20180228-1-2")]
    [InlineData("ava-caffe-gpu-cpu-x-v20180228")] // A kind may not begin with a device.
    [InlineData("ava-caffe-x-v20180101-v20180228")]
    [InlineData("ava-Caffe-classify-v20180228-1")]
    [InlineData("ava-caffe-classify-v20180228-1\n")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParse_NoSuchName_SaysNo(string? text) => Assert.False(ImageName.TryParse(text, out _));

    [Fact]
    public void Format_AnyParts_ComeBack()
    {
        foreach (var name in Names())
        {
            Assert.True(ImageName.TryParse(name.ToString(), out var read), name.ToString());
            Assert.Equal(name, read);
        }
    }

    [Fact]
    public void Next_AnyName_ComesAfterItAndBeforeAnotherDay()
    {
        foreach (var name in Names())
        {
            Assert.True(ImageName.Order.Compare(name, name.Next()) < 0);
            Assert.True(ImageName.Order.Compare(name.Next(), name with { Date = name.Date.AddDays(1), Sequence = 0 }) < 0);
            Assert.Equal(0, ImageName.Order.Compare(name, name with { }));
        }
    }

    [Fact]
    public void NextFree_AnyTaken_IsTheFirstThatIsNot()
    {
        var name = new ImageName("caffe", "gpu", "classify", new DateOnly(2018, 2, 28), 1);
        var taken = new HashSet<string>();
        for (var number = 1; number < 20; number++)
        {
            var next = name.NextFree(taken.Contains);

            Assert.Equal(number, next.Sequence);
            Assert.True(taken.Add(next.ToString()));
        }
    }

    [Fact]
    public void Format_AnyTag_ComesBack()
    {
        foreach (var python in (string[])["", "2.7", "3.5", "3.12"])
        {
            foreach (var (cuda, cudnn) in ((string, string)[])[("", ""), ("8.0", ""), ("8.0", "6"), ("11.8", "8"), ("9.1", "10")])
            {
                var tag = new ImageTag(python, cuda, cudnn);

                Assert.True(ImageTag.TryParse(tag.ToString(), out var read), tag.ToString());
                Assert.Equal(tag, read);
            }
        }
    }

    [Theory]
    [InlineData("py27-cuda80-cudnn6", "2.7", "8.0", "6", "gpu")]
    [InlineData("py35-cuda91", "3.5", "9.1", "", "gpu")]
    [InlineData("py310-cuda118-cudnn8", "3.10", "11.8", "8", "gpu")]
    [InlineData("py27-cpu", "2.7", "", "", "cpu")]
    [InlineData("cpu", "", "", "", "cpu")]
    public void TryParse_Tag_GivesItsParts(string text, string python, string cuda, string cudnn, string device)
    {
        Assert.True(ImageTag.TryParse(text, out var tag));

        Assert.Equal((python, cuda, cudnn, device), (tag.Python, tag.Cuda, tag.Cudnn, tag.Device));
        Assert.Equal(text, tag.ToString());
        Assert.Equal(python.Length == 0 ? "cpu" : $"py{python.Replace(".", "", StringComparison.Ordinal)}-cpu", tag.OnCpu().ToString());
    }

    [Theory]
    [InlineData("py27")]
    [InlineData("py2-cpu")]
    [InlineData("py27-cpu-cudnn6")]
    [InlineData("cuda8")]
    [InlineData("py27-cuda80-cudnn")]
    [InlineData("latest")]
    [InlineData("py27-cpu ")]
    [InlineData(null)]
    public void TryParse_NoSuchTag_SaysNo(string? text) => Assert.False(ImageTag.TryParse(text, out _));

    [Fact]
    public void Compare_Tags_AreByPythonThenCuda()
    {
        string[] sorted = ["cpu", "cuda80", "py27-cpu", "py27-cuda80-cudnn6", "py27-cuda80-cudnn7", "py27-cuda91", "py35-cpu", "py39-cpu", "py310-cpu", "py310-cuda118"];

        Assert.Equal(sorted, sorted.Reverse().Select(text => ImageTag.TryParse(text, out var tag) ? tag : throw new InvalidOperationException(text)).Order(ImageTag.Order).Select(tag => tag.ToString()));
    }

    private static IEnumerable<ImageName> Names()
    {
        foreach (var framework in s_frameworks)
        {
            foreach (var device in (string[])["", "cpu", "gpu"])
            {
                foreach (var kind in s_kinds)
                {
                    Assert.True(ImageName.IsFramework(framework) && ImageName.IsKind(kind));
                    foreach (var sequence in (int[])[0, 1, 10, 999_998])
                    {
                        yield return new ImageName(framework, device, kind, new DateOnly(2018, 2, 28), sequence);
                    }
                }
            }
        }
    }
}
