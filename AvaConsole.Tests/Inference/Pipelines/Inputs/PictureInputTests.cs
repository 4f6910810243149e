using AvaConsole.Inference.Pipelines.Inputs;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Inference.Pipelines.Inputs;

public sealed class PictureInputTests
{
    // Two pixels beside each other, two rows: red, green, blue, white.
    private static readonly byte[] s_corners = TestPictures.Bmp(
        2, 2, 24, (x, y) => (x, y) switch { (0, 0) => (255, 0, 0), (1, 0) => (0, 255, 0), (0, 1) => (0, 0, 255), _ => (255, 255, 255) });

    [Theory]
    [InlineData("{}", new double[] { 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255 })]
    [InlineData("{color: bgr}", new double[] { 0, 0, 255, 255, 0, 255, 0, 255, 255, 0, 0, 255 })]
    [InlineData("{scale: 0.5}", new[] { 127.5, 0, 0, 127.5, 0, 127.5, 0, 127.5, 0, 0, 127.5, 127.5 })]
    [InlineData("{mean: [255, 127.5, 0], std: [1, 127.5, 255]}", new double[] { 0, -255, -255, 0, -1, 1, -1, 1, 0, 0, 1, 1 })]
    public void Prepare_PlanarFloats_AreAsDescribed(string input, double[] expected)
    {
        using var prepared = Stage.Create($"input: {input}", Stage.Port(TensorType.Fp32, -1, 3, 2, 2)).Prepare(s_corners);

        var tensor = Assert.Single(prepared.Tensors);
        Assert.Equal(("x", TensorType.Fp32), (tensor.Name, tensor.Type));
        Assert.Equal([1, 3, 2, 2], tensor.Shape);
        Assert.Equal(expected, tensor.Numbers());
    }

    [Fact]
    public void Prepare_Interleaved_KeepsPixelsTogether()
    {
        using var prepared = Stage.Create("input: {color: bgr}", Stage.Port(TensorType.UInt8, 1, 2, 2, 3)).Prepare(s_corners);

        Assert.Equal([1, 2, 2, 3], prepared.Tensors[0].Shape);
        Assert.Equal([0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255], prepared.Tensors[0].Numbers());
    }

    [Theory]
    [InlineData(TensorType.Fp16, 1, -1)]
    [InlineData(TensorType.Bf16, 1, -1)]
    [InlineData(TensorType.Fp64, 1, -1)]
    [InlineData(TensorType.Int8, 1, -1)]
    [InlineData(TensorType.UInt8, 1, 0)]
    [InlineData(TensorType.Int16, 1, -1)]
    [InlineData(TensorType.Int32, 1, -1)]
    [InlineData(TensorType.Int64, 1, -1)]
    [InlineData(TensorType.UInt64, 1, 0)]
    public void Prepare_EachElementType_TakesTheNearestNumber(TensorType type, double white, double black)
    {
        using var prepared = Stage.Create("input: {mean: 127.5, std: 127.5}", Stage.Port(type, 1, 3, 2, 2)).Prepare(s_corners);

        Assert.Equal([white, black, black, white], prepared.Tensors[0].Numbers()[..4]);
    }

    [Fact]
    public void Prepare_QuantisedModel_IsRoundedAndKeptInRange()
    {
        var picture = TestPictures.Bmp(2, 2, 24, (x, _) => x == 0 ? ((byte)4, (byte)4, (byte)4) : ((byte)255, (byte)255, (byte)255));

        using var prepared = Stage.Create("input: {scale: 0.6}", Stage.Port(TensorType.Int8, 1, 3, 2, 2)).Prepare(picture);

        Assert.Equal([2, 127, 2, 127], prepared.Tensors[0].Numbers()[..4]);
    }

    [Fact]
    public void Prepare_Letterbox_SaysWhereThePictureWent()
    {
        using var prepared = Stage.Create("input: {resize: contain, padding: [114, 115, 116], width: 32}", Stage.Port(TensorType.UInt8, -1, 3, -1, -1))
            .Prepare(TestPictures.Rgb(64, 32, TestPictures.Red));

        Assert.Equal(new PictureGeometry(64, 32, 32, 32, 0.5, 0.5, 0, 8), prepared.Geometry);
        var numbers = prepared.Tensors[0].Numbers();
        Assert.Equal((114, 115, 116), ((int)numbers[0], (int)numbers[1024], (int)numbers[2048]));
        Assert.Equal((255, 0, 0), ((int)numbers[16 * 32], (int)numbers[1024 + (16 * 32)], (int)numbers[2048 + (16 * 32)]));
    }

    [Fact]
    public void Find_AnyPictureAndFit_MapsBackToWhereItWas()
    {
        var sizes = Gen.Choose(2, 5000);
        var cases =
            from width in sizes
            from height in sizes
            from targetWidth in Gen.Choose(1, 700)
            from targetHeight in Gen.Choose(1, 700)
            from fit in Gen.Elements(PictureFit.Stretch, PictureFit.Contain, PictureFit.Cover, PictureFit.Crop)
            select (width, height, format: new PictureFormat(targetWidth, targetHeight, PictureColor.Rgb, fit));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(cases.ToArbitrary(), sample =>
            {
                var placement = PicturePlacement.Find(sample.width, sample.height, sample.format)!;
                var geometry = PictureGeometry.Of(placement);
                var (x, y) = geometry.ToOriginal(geometry.ToTarget(sample.width / 3.0, sample.height / 7.0).X, geometry.ToTarget(sample.width / 3.0, sample.height / 7.0).Y);
                var covers = placement.Left <= 0 && placement.Top <= 0
                    && placement.Left + placement.Width >= placement.TargetWidth && placement.Top + placement.Height >= placement.TargetHeight;
                var fits = placement.Left >= 0 && placement.Top >= 0
                    && placement.Left + placement.Width <= placement.TargetWidth && placement.Top + placement.Height <= placement.TargetHeight;
                var right = geometry.ToTarget(sample.width, sample.height);
                return Math.Abs(x - (sample.width / 3.0)) < 1e-6 && Math.Abs(y - (sample.height / 7.0)) < 1e-6
                    && Math.Abs(right.X - (placement.Left + placement.Width)) < 1e-6
                    && (sample.format.Fit == PictureFit.Contain ? fits : covers);
            }));
    }

    [Fact]
    public void Prepare_SecondRequest_TakesItsMemoryFromThePool()
    {
        var stage = Stage.Create("input: {width: 224}", Stage.Port(TensorType.Fp32, -1, 3, -1, -1));
        var picture = TestPictures.Rgb(224, 224, TestPictures.Blue);
        for (var warm = 0; warm < 20; warm++)
        {
            stage.Prepare(picture).Dispose();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        stage.Prepare(picture).Dispose();

        // The tensor alone is 602,112 bytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_000);
    }

    [Theory]
    [InlineData("{}", "package.input_layout_unknown", 1, 5, 8, 8)]
    [InlineData("{}", "package.input_not_picture", 1, 3)]
    [InlineData("{}", "package.batch_of_several", 8, 3, 8, 8)]
    [InlineData("{}", "package.input_size_unknown", -1, 3, -1, -1)]
    [InlineData("{width: 9}", "package.input_size_differs", 1, 3, 8, 8)]
    [InlineData("{color: grey}", "package.input_channels", 1, 3, 8, 8)]
    [InlineData("{mean: [1, 2]}", "package.channel_values", 1, 3, 8, 8)]
    [InlineData("{resize: crop, short_side: 7}", "package.short_side", 1, 3, 8, 8)]
    public void Create_ModelAndDescriptionThatDiffer_SaysHow(string input, string code, params int[] shape) =>
        Assert.Equal(code, Stage.Refusal($"input: {(input == "{}" ? "{kind: picture}" : input)}", Stage.Port(TensorType.Fp32, Array.ConvertAll(shape, length => (long)length))).Code);

    [Fact]
    public void Prepare_PictureMissing_NamesWhatWasLookedForAndWhatIsThere()
    {
        var problem = Stage.Create("input: {entry: photo}", Stage.Port(TensorType.Fp32, 1, 3, 8, 8)).Refuse(("note", [1]), ("mask", [1]));

        Assert.Equal(("$.payload", "request.entry_missing"), (problem.Field, problem.Code));
        Assert.Equal(["photo", "note, mask"], problem.Args);
    }

    [Fact]
    public void Prepare_SeveralPictures_EachFromItsEntry()
    {
        var stage = Stage.Create(
            "inputs: [{tensor: b, entry: second, kind: picture}, {tensor: a, entry: first, color: grey}]",
            new ModelPort("a", PortKind.Tensor, TensorType.UInt8, [1, 1, 2, 2]),
            new ModelPort("b", PortKind.Tensor, TensorType.UInt8, [1, 3, 2, 2]));

        using var prepared = stage.Prepare(("first", TestPictures.Grey(2, 2, (_, _) => 7)), ("second", s_corners));

        Assert.Equal(["b", "a"], prepared.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([7, 7, 7, 7], prepared.Tensors[1].Numbers());
        Assert.Null(prepared.Geometry);
        Assert.Equal(2, stage.Prepare(new(new Dictionary<string, ReadOnlyMemory<byte>> { ["other"] = default, ["more"] = default }, default)).Error is AvaConsole.Core.Common.InvalidError error ? error.Problems.Count : 0);
    }

    [Fact]
    public void MakeSample_OtherSeed_HasTheSameShapeAndOtherValues()
    {
        var stage = Stage.Create("input: {width: 8}", Stage.Port(TensorType.Fp32, -1, 3, -1, -1));

        var (first, second) = (stage.MakeSample(0)[0], stage.MakeSample(1)[0]);

        Assert.Equal(first.Shape, second.Shape);
        Assert.Equal([1, 3, 8, 8], first.Shape);
        Assert.NotEqual(first.Numbers(), second.Numbers());
    }
}
