using System.Text;
using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Tests.Inference.Pipelines.Results;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;

namespace AvaConsole.Tests.Inference.Pipelines;

/// <summary>One model of each kind, from a package's folder to the answer.</summary>
public sealed class ModelPipelineTests
{
    private static readonly byte[] s_small = TestPictures.Bmp(4, 2, 24, (x, _) => x < 2 ? TestPictures.Red : TestPictures.Blue);

    // Of the models' own size: resizing would blur the edge.
    private static readonly byte[] s_square = TestPictures.Bmp(8, 8, 24, (x, _) => x < 4 ? TestPictures.Red : TestPictures.Blue);

    [Fact]
    public async Task Detection_Letterboxed_AnswersPixelsOfThePicture()
    {
        // 4 × 2 in 8 × 8 is doubled, with borders of two above and below.
        var answer = await AskAsync(
            GraphModels.Finder(8, 0, 2, 4, 6, 0.75f, 0), "pipeline: detection\ninput: {kind: picture, resize: contain}\noutput: {head: end_to_end}\nlabels: labels.txt", s_small, "half\n");

        Values.AssertJson("""{"detections": [{"index": 0, "class": "half", "score": 0.75, "pts": [[0, 0], [2, 0], [2, 2], [0, 2]]}]}""", answer.ToJsonString());
    }

    [Fact]
    public async Task Segmentation_ColoursAsClasses_AreRuns()
    {
        var answer = await AskAsync(GraphModels.Map(2), "pipeline: segmentation\ninput: {kind: picture, scale: 0.00392156862745098}\noutput: {form: rle}", s_small, "red\ngreen\nblue\n");

        Values.AssertJson("[4, 2]", answer["size"]!.ToJsonString());
        Assert.Equal(["red", "blue"], answer["detections"]!.AsArray().Select(one => (string)one!["class"]!));
        Values.AssertJson("[0, 2, 4, 2]", answer["detections"]![0]!["runs"]!.ToJsonString());
    }

    [Fact]
    public async Task Embedding_Normalized_HasLengthOne()
    {
        // The means are (127.5, 0, 127.5).
        var answer = await AskAsync(GraphModels.Means(8), "pipeline: embedding\noutput: {normalize: true}");

        Assert.Equal([0.7071068, 0, 0.7071068], answer["feature"]!.AsArray().Select(value => Math.Round((double)value!, 7)));
    }

    [Fact]
    public async Task Regression_NamedNumbers_HaveUnits() => Values.AssertJson(
        """{"values": [{"name": "r", "value": 50, "unit": "%"}, {"name": "g", "value": 0, "unit": "%"}, {"name": "b", "value": 50, "unit": "%"}]}""",
        (await AskAsync(GraphModels.Means(8), "pipeline: regression\ninput: {kind: picture, scale: 0.00392156862745098}\noutput: {names: [r, g, b], units: ['%'], scale: 100}")).ToJsonString());

    [Fact]
    public async Task Raw_Picture_GivesTensors() => Values.AssertJson(
        """{"outputs": [{"name": "means", "datatype": "FP32", "shape": [1, 3], "data": [127.5, 0, 127.5]}]}""",
        (await AskAsync(GraphModels.Means(8), "pipeline: raw\ninput: {kind: picture}")).ToJsonString());

    [SharedDataFact("models/sklearn_randomforest")]
    public async Task Classification_OfScikitLearn_ReadsTheMaps()
    {
        var model = Directory.EnumerateFiles(SharedData.Combine("models", "sklearn_randomforest"), "*.onnx").Single();
        using var opened = InferenceParts.Load(
            model,
            new ServiceDescription { Pipeline = PipelineKind.Classification, Inputs = [new TabularInput()] },
            "setosa", "versicolor", "virginica");
        var request = new InferenceRequest(
            new Dictionary<string, ReadOnlyMemory<byte>> { ["X"] = Encoding.UTF8.GetBytes("[5.1, 3.5, 1.4, 0.2]") }, default);

        var answer = await InferenceParts.AskAsync(opened, request);

        Assert.True(answer.IsSuccess, $"{answer.Error}");
        Assert.Equal("setosa", (string)answer.Value.Result["confidences"]![0]!["class"]!);
        Assert.Equal(3, answer.Value.Result["confidences"]!.AsArray().Count);
    }

    [Fact]
    public async Task Classification_ChineseNames_AreAddedAndCounted()
    {
        using var package = new ModelPackage(TestModels.Classifier(), "pipeline: classification\noutput: {top_k: 1}", "red\ngreen\nblue\n").Add("labels_cn.txt", "红\n绿\n蓝\n");
        using var opened = package.TryOpen().Value!;

        var answer = await InferenceParts.AskAsync(opened, InferenceParts.Picture(TestPictures.Rgb(8, 8, TestPictures.Blue)));
        package.Add("labels_cn.txt", "红\n绿\n");

        Assert.Equal("蓝", (string)answer.Value!.Result["confidences"]![0]!["label_cn"]!);
        Assert.Equal("package.labels_cn_count", InferenceParts.Problem(package.TryOpen().Error).Code);
    }

    [Fact]
    public void WrongResults_AreFoundWhenThePackageIsOpened()
    {
        using var package = new ModelPackage(GraphModels.Means(8), "pipeline: detection\noutput: {head: end_to_end}");

        Assert.Equal("package.output_not_boxes", InferenceParts.Problem(package.TryOpen().Error).Code);
    }

    private static async Task<JsonObject> AskAsync(byte[] model, string yaml, byte[]? picture = null, string? labels = null)
    {
        using var package = new ModelPackage(model, yaml, labels);
        var opened = package.TryOpen();
        Assert.True(opened.IsSuccess, $"{opened.Error}");
        using var pipeline = opened.Value;
        var answer = await InferenceParts.AskAsync(pipeline, InferenceParts.Picture(picture ?? s_square));
        Assert.True(answer.IsSuccess, $"{answer.Error}");
        return answer.Value.Result;
    }

    private sealed class ModelPackage : IDisposable
    {
        private readonly TemporaryDirectory _folder = new();

        public ModelPackage(byte[] model, string yaml, string? labels = null)
        {
            File.WriteAllBytes(Path.Combine(_folder.FullPath, "model.onnx"), model);
            Add("service.yaml", yaml);
            if (labels is not null)
            {
                Add("labels.txt", labels);
            }
        }

        public ModelPackage Add(string file, string text)
        {
            File.WriteAllText(Path.Combine(_folder.FullPath, file), text);
            return this;
        }

        public Result<OpenedModel> TryOpen()
        {
            var content = PackageContent.Read(_folder.FullPath);
            return content.IsSuccess ? InferenceParts.TryOpen(content.Value) : content.Error;
        }

        public void Dispose() => _folder.Dispose();
    }
}
