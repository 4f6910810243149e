using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Support;

namespace AvaConsole.Tests.Inference.Pipelines.Inputs;

public sealed class TensorPreviewTests
{
    private static readonly ModelSignature s_picture = new([new ModelPort("x", PortKind.Tensor, TensorType.Fp32, [-1, 3, 4, 8])], []);

    [Theory]
    [InlineData("", 255, 0)]
    [InlineData("input: {color: bgr, mean: [1, 2, 3], std: 2, scale: 0.5}", 63, -0.5)]
    public void Create_Picture_ShowsWhatIsInTheTensor(string yaml, double max, double min)
    {
        var preview = Create(yaml, s_picture, TestPictures.Rgb(16, 8, TestPictures.Red));

        Assert.Equal(("x", TensorType.Fp32), (preview.Name, preview.Type));
        Assert.Equal([1, 3, 4, 8], preview.Shape);
        Assert.Equal(3, preview.Channels.Count);
        Assert.Equal((max, min), (preview.Channels.Max(channel => channel.Max), preview.Channels.Min(channel => channel.Min)));
        Assert.Equal(32, preview.First.Count);
        var pixels = Pixels.Decode("preview", preview.Picture!, new PictureFormat(8, 4, PictureColor.Rgb, PictureFit.None));
        Assert.Equal(Enumerable.Repeat<byte[]>([255, 0, 0], 32).SelectMany(pixel => pixel), pixels.Value!);
    }

    [Fact]
    public void Create_Rows_ShowsEachColumn()
    {
        var preview = Create(
            "input: {columns: [{name: a, missing: .nan}, b]}",
            new ModelSignature([new ModelPort("x", PortKind.Tensor, TensorType.Fp32, [-1, 2])], []),
            """[{"a": 1, "b": 10}, {"b": 30}]"""u8.ToArray());

        Assert.Equal([new ChannelPreview(0, 1, 1, 1, 0, 1), new ChannelPreview(1, 10, 30, 20, 10, 0)], preview.Channels);
        Assert.Equal(["1", "10", "NaN", "30"], preview.First);
        Assert.Null(preview.Picture);
    }

    [Fact]
    public void Create_Text_ShowsItsBeginning()
    {
        var preview = Create("", new ModelSignature([new ModelPort("x", PortKind.Tensor, TensorType.Bytes, [1])], []), System.Text.Encoding.UTF8.GetBytes(new string('世', 300)));

        Assert.Equal([new string('世', 200) + "…"], preview.First);
        Assert.Empty(preview.Channels);
    }

    [Theory]
    [InlineData("input: {width: x}", "package.service_field_range")]
    [InlineData("input: {width: 9}", "package.input_size_differs")]
    [InlineData("", "picture.not_a_picture")]
    public void Create_WhatIsWrong_IsSaid(string yaml, string code) =>
        Assert.Equal(code, InferenceParts.Problem(TensorPreview.Create(yaml, s_picture, "", Request([1, 2, 3])).Error).Code);

    private static TensorPreview Create(string yaml, ModelSignature signature, byte[] payload)
    {
        var previews = TensorPreview.Create(yaml, signature, "", Request(payload));
        Assert.True(previews.IsSuccess, previews.Error is InvalidError invalid ? string.Join('\n', invalid.Problems) : "");
        return Assert.Single(previews.Value);
    }

    private static InferenceRequest Request(byte[] payload) => new(new Dictionary<string, ReadOnlyMemory<byte>> { ["data"] = payload }, default);
}
