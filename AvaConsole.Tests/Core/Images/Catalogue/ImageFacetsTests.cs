using AvaConsole.Core.Images;
using AvaConsole.Core.Images.Catalogue;

namespace AvaConsole.Tests.Core.Images.Catalogue;

public sealed class ImageFacetsTests
{
    [Theory]
    [InlineData("ava-caffe", "py27-cuda80-cudnn6", "caffe", "gpu", "8.0", "6", "2.7", "")]
    [InlineData("ava-tensorflow", "py35-cpu", "tensorflow", "cpu", "", "", "3.5", "")]
    [InlineData("ava-pure", "cuda90", "", "gpu", "9.0", "", "", "")]
    [InlineData("ava-caffe-gpu-classify", "v20180228-1", "caffe", "gpu", "", "", "", "classify")]
    [InlineData("ava-mxnet-face-det-v20180228", "latest", "mxnet", "", "", "", "", "face-det")]
    [InlineData("apps", "ava-pytorch-cpu-ocr-v20180301-2", "pytorch", "cpu", "", "", "", "ocr")]
    [InlineData("my_keras.server", "1.0", "keras", "", "", "", "", "")]
    [InlineData("tool", "latest", "", "", "", "", "", "")]
    public void Of_BothSchemesOfNames_ReadsWhatTheySay(string name, string tag, string framework, string device, string cuda, string cudnn, string python, string kind) =>
        Assert.Equal(new ImageFacets(framework, device, cuda, cudnn, python, kind), ImageFacets.Of(name, tag));

    [Fact]
    public void Of_Labels_FillWhatNamesDoNotSay() => Assert.Equal(
        new ImageFacets("keras", "gpu", "10.1", "", "3.6", "detect"),
        ImageFacets.Of("serving-keras", "1.0", new Dictionary<string, string>
        {
            ["com.example.framework"] = "tensorflow",
            ["com.example.python"] = "3.6",
            ["cuda"] = "10.1",
            ["com.example.type"] = "Detect",
        }, ["PATH", "CUDA_VERSION"]));

    [Fact]
    public void Of_LabelThatIsMoreThanAWord_IsNoFacet() => Assert.Equal(
        ImageFacets.None,
        ImageFacets.Of("tool", "1", new Dictionary<string, string> { ["framework"] = "<b>caffe</b>", ["device"] = "toaster", ["python"] = new string('3', 41) }));

    [Fact]
    public void Of_EveryTagOfTheBaseImages_HasADevice() =>
        Assert.All(BaseImages.All.SelectMany(image => image.Tags, (image, tag) => ImageFacets.Of(image.Name, tag.ToString())), facets => Assert.NotEmpty(facets.Device));
}
