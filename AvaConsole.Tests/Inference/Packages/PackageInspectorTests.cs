using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;

namespace AvaConsole.Tests.Inference.Packages;

public sealed class PackageInspectorTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task InspectAsync_GoodPackage_DescribesIt()
    {
        var inspection = await InspectAsync(TarFixtures.Package());

        Assert.True(inspection.IsSuccess, $"{inspection.Error}");
        var input = Assert.Single(inspection.Value.Inputs);
        Assert.Equal(("image", "FP32"), (input.Name, input.DataType));
        Assert.Equal([-1, 3, 8, 8], input.Shape);
        var output = Assert.Single(inspection.Value.Outputs);
        Assert.Equal(("scores", "FP32"), (output.Name, output.DataType));
        Assert.Equal([-1, 3], output.Shape);
        Assert.Equal(["red", "green", "blue"], inspection.Value.Labels);
        Assert.Equal("classification", inspection.Value.Pipeline);
        Assert.True(inspection.Value.Batchable);
        Assert.Empty(inspection.Value.Notes);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Combine("staging")));
    }

    [Fact]
    public async Task InspectAsync_ModelAlone_IsWorkedOutFromItsShapes()
    {
        var inspection = await InspectAsync(new TarBuilder().File("model.onnx", TestModels.FixedBatchOfOne()));

        Assert.True(inspection.IsSuccess, $"{inspection.Error}");
        Assert.Equal("classification", inspection.Value.Pipeline);
        Assert.False(inspection.Value.Batchable);
        Assert.Equal(
            ["package.note_no_service_yaml", "package.note_no_labels", "package.note_fixed_batch"], inspection.Value.Notes.Select(note => note.Code));
    }

    [Fact]
    public async Task InspectAsync_ModelInAFolder_IsFoundWithItsLabels()
    {
        var inspection = await InspectAsync(new TarBuilder().File("colors/model.onnx", TestModels.Classifier()).File("colors/labels.csv", "1,\"green, light\"\n0,red\n2,blue\n"));

        Assert.True(inspection.IsSuccess, $"{inspection.Error}");
        Assert.Equal(["red", "green, light", "blue"], inspection.Value.Labels);
    }

    [Fact]
    public async Task InspectAsync_TensorModel_HasNoPipeline()
    {
        var inspection = await InspectAsync(new TarBuilder().File("model.onnx", TestModels.StringInput()));

        Assert.True(inspection.IsSuccess, $"{inspection.Error}");
        Assert.Equal("", inspection.Value.Pipeline);
        Assert.Equal("package.note_no_pipeline", Assert.Single(inspection.Value.Notes).Code);
    }

    [Fact]
    public async Task InspectAsync_NoModel_SaysSo() =>
        Assert.Equal("package.no_model", InferenceParts.Problem((await InspectAsync(TarFixtures.WithoutModel())).Error).Code);

    [Fact]
    public async Task InspectAsync_TruncatedModel_SaysSo() =>
        Assert.Equal("package.model_truncated", InferenceParts.Problem((await InspectAsync(TarFixtures.Package(TestModels.Truncated()))).Error).Code);

    [Fact]
    public async Task InspectAsync_EmptyModel_SaysSo() =>
        Assert.Equal("package.model_truncated", InferenceParts.Problem((await InspectAsync(TarFixtures.Package([]))).Error).Code);

    [Fact]
    public async Task InspectAsync_UnknownOperator_NamesIt()
    {
        var problem = InferenceParts.Problem((await InspectAsync(TarFixtures.Package(TestModels.UnknownOperator()))).Error);

        Assert.Equal("package.unknown_operator", problem.Code);
        Assert.Contains("NoSuchOp", $"{problem.Args[0]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("missing.bin")]
    public async Task InspectAsync_WeightsElsewhere_AreRefused(string location) =>
        Assert.Equal(
            "package.external_data", InferenceParts.Problem((await InspectAsync(new TarBuilder().File("model.onnx", TestModels.ExternalData(location)))).Error).Code);

    [Fact]
    public async Task InspectAsync_WeightsBesideTheModel_AreRead()
    {
        var inspection = await InspectAsync(new TarBuilder().File("model.onnx", TestModels.ExternalData("weights.bin")).File("weights.bin", new byte[16]));

        Assert.True(inspection.IsSuccess, $"{inspection.Error}");
    }

    [Fact]
    public async Task InspectAsync_ModelThatNeverEnds_IsGivenUp()
    {
        await File.WriteAllBytesAsync(_folder.Combine("package.tar"), TarFixtures.Package(TestModels.Slow(TestModels.Endless)).ToTar());

        var inspection = await InferenceParts.Inspector(_folder, warmUpSeconds: 1).InspectAsync(_folder.Combine("package.tar"), default);

        Assert.Equal("model.too_slow", InferenceParts.Problem(inspection.Error).Code);
    }

    [Fact]
    public async Task InspectAsync_TooFewLabels_SaysHowManyAreNeeded()
    {
        var problem = InferenceParts.Problem((await InspectAsync(TarFixtures.Package(labels: "red\ngreen\n"))).Error);

        Assert.Equal("package.labels_count", problem.Code);
        Assert.Equal([2, 3], problem.Args);
    }

    [Theory]
    [InlineData("pipeline: detective", "service.yaml:pipeline", "package.service_field_choice")]
    [InlineData("input: {width: 0}", "service.yaml:input.width", "package.service_field_range")]
    [InlineData("input: {with: 8}", "service.yaml:input.with", "package.service_field_near")]
    [InlineData("input: {std: [1, 0, 1]}", "service.yaml:input.std[1]", "package.service_field_not_zero")]
    [InlineData("input: {mean: [1, 2]}", "model.onnx", "package.channel_values")]
    [InlineData("input: {width: 9}", "model.onnx", "package.input_size_differs")]
    [InlineData("input: {color: grey}", "model.onnx", "package.input_channels")]
    [InlineData("input: {tensor: picture}", "model.onnx", "package.tensor_unknown")]
    [InlineData("labels: ../x", "service.yaml:labels", "package.service_field_file")]
    [InlineData("labels: x.txt", "service.yaml:labels", "package.labels_missing")]
    [InlineData("a: &a [1, 1]\nb: *a", "service.yaml", "package.service_yaml_not_plain")]
    [InlineData("a: !!int 3", "service.yaml", "package.service_yaml_not_plain")]
    [InlineData("a: [1", "service.yaml", "package.service_yaml_syntax")]
    [InlineData("- 1", "service.yaml", "package.service_yaml_syntax")]
    public async Task InspectAsync_WrongServiceYaml_NamesTheField(string yaml, string field, string code)
    {
        var archive = new TarBuilder().File("model.onnx", TestModels.Classifier()).File("service.yaml", yaml);

        var problem = InferenceParts.Problem((await InspectAsync(archive)).Error);

        Assert.Equal((field, code), (problem.Field, problem.Code));
    }

    private Task<Result<PackageInspection>> InspectAsync(TarBuilder archive) => InspectAsync(archive.ToTar());

    private async Task<Result<PackageInspection>> InspectAsync(byte[] archive)
    {
        await File.WriteAllBytesAsync(_folder.Combine("package.tar"), archive);
        return await InferenceParts.Inspector(_folder).InspectAsync(_folder.Combine("package.tar"), default);
    }
}
