using AvaConsole.Core.Images;
using AvaConsole.Core.Naming;

namespace AvaConsole.Tests.Core.Images;

public sealed class BaseImagesTests
{
    /// <summary>The matrix of the platform's document, row by row.</summary>
    [Theory]
    [InlineData("ava-pure", "-", false, false, "")]
    [InlineData("ava-sdk", "2.7/3.5", true, true, "")]
    [InlineData("ava-mxnet", "2.7/3.5", true, true, "MXNet")]
    [InlineData("ava-caffe", "2.7/3.5", true, true, "Caffe")]
    [InlineData("ava-tensorflow", "2.7/3.5", true, true, "TensorFlow")]
    [InlineData("ava-pytorch", "2.7/3.5", true, true, "PyTorch")]
    public void All_RowOfTheMatrix_IsThere(string name, string pythons, bool hasSdk, bool hasJupyterLab, string framework)
    {
        var image = BaseImages.All.Single(row => row.Name == name);

        Assert.Equal(pythons, image.Pythons.Count == 0 ? "-" : string.Join('/', image.Pythons));
        Assert.Equal("8.0/9.0/9.1", string.Join('/', image.Cudas));
        Assert.Equal((hasSdk, hasJupyterLab, true, framework), (image.HasSdk, image.HasJupyterLab, image.HasCpu, image.Framework));
    }

    [Fact]
    public void All_HasNoMoreRows() => Assert.Equal(6, BaseImages.All.Count);

    [Fact]
    public void Tags_OfEveryImage_AreComplete()
    {
        string[] pure = ["cpu", "cuda80", "cuda90", "cuda91"];
        string[] others = ["py27-cpu", "py27-cuda80", "py27-cuda90", "py27-cuda91", "py35-cpu", "py35-cuda80", "py35-cuda90", "py35-cuda91"];

        Assert.All(BaseImages.All, image => Assert.Equal(image.Name == "ava-pure" ? pure : others, image.Tags.Select(tag => tag.ToString())));
    }

    [Fact]
    public void Tags_OfEveryImage_AreReadBackAndInOrder() => Assert.All(BaseImages.All, image =>
    {
        Assert.All(image.Tags, tag => Assert.True(ImageTag.TryParse(tag.ToString(), out var read) && read == tag));
        Assert.Equal(image.Tags.Order(ImageTag.Order), image.Tags);
    });

    [Theory]
    [InlineData("py27-cuda80-cudnn6", true)]
    [InlineData("py35-cpu", true)]
    [InlineData("py36-cpu", false)]
    [InlineData("py27-cuda100", false)]
    [InlineData("cpu", false)]
    public void Has_Tag_ByTheMatrix(string text, bool expected)
    {
        Assert.True(ImageTag.TryParse(text, out var tag));
        Assert.Equal(expected, BaseImages.All.Single(image => image.Name == "ava-mxnet").Has(tag));
    }

    [Fact]
    public void Workbench_OnlyWithJupyterLab_WithTheReason()
    {
        Assert.Equal(["ava-pure"], BaseImages.All.Where(image => !image.IsUsableInWorkbench).Select(image => image.Name));
        Assert.Equal(["base_image.workbench_no_jupyterlab", "base_image.workbench_usable"], BaseImages.All.Select(image => image.WorkbenchReason).Distinct());
    }

    [Theory]
    [InlineData("registry.example/ava-public/ava-caffe:py27-cpu", "ava-caffe")]
    [InlineData("ava-caffe", "ava-caffe")]
    [InlineData("registry.example/team/ava-caffe:py27-cpu", null)]
    [InlineData("ubuntu:16.04", null)]
    public void Find_Reference_KnowsTheBaseImages(string text, string? expected)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));
        Assert.Equal(expected, BaseImages.Find(reference)?.Name);
    }
}
