using System.Text.Json.Nodes;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Pipelines;

/// <summary>Trained models whose answers others have published, and the sample that comes with the product.</summary>
public sealed class KnownModelsTests
{
    [SharedDataFact("models/mnist")]
    public async Task Mnist_DigitEight_IsEight()
    {
        using var model = InferenceParts.Load(SharedData.Combine("models", "mnist", "model.onnx"));

        var best = (await AnswerAsync(model, SharedData.Combine("models", "mnist", "digit8.png")))[0]!;

        Assert.Equal("8", (string)best["class"]!);
        Assert.Equal(1, (double)best["score"]!, 3);
    }

    [SharedDataFact("models/squeezenet_fp16")]
    public async Task SqueezeNet_Fish_IsTench()
    {
        var labels = LabelFile.Read(SharedData.Combine("models", "squeezenet_fp16", "labels.txt"));
        using var model = InferenceParts.Load(
            SharedData.Combine("models", "squeezenet_fp16", "model.onnx"), new ServiceDescription { Inputs = [new PictureInput { Color = PictureColor.Bgr }] }, [.. labels.Value!]);

        var answer = await AnswerAsync(model, SharedData.Combine("models", "squeezenet_fp16", "fish.png"));

        Assert.Equal(5, answer.Count);
        Assert.Equal(0, (int)answer[0]!["index"]!);
        Assert.Equal("tench, Tinca tinca", (string)answer[0]!["class"]!);
        Assert.Equal(0.7378, (double)answer[0]!["score"]!, 2e-3);
    }

    [Fact]
    public async Task Digits_PicturesOfTheSample_AreRecognised()
    {
        var content = PackageContent.Read(RepositoryRoot.Combine("samples", "digits"));
        Assert.True(content.IsSuccess, $"{content.Error}");
        using var model = InferenceParts.Open(content.Value);

        foreach (var picture in Directory.EnumerateFiles(RepositoryRoot.Combine("samples", "digits", "pictures"), "*.png"))
        {
            // Named digit-{what it shows}-{number}.png.
            Assert.Equal(Path.GetFileName(picture).Split('-')[1], (string)(await AnswerAsync(model, picture))[0]!["class"]!);
        }
    }

    private static async Task<JsonArray> AnswerAsync(OpenedModel model, string picture)
    {
        var answer = await InferenceParts.AskAsync(model, InferenceParts.Picture(File.ReadAllBytes(picture)));
        Assert.True(answer.IsSuccess, $"{answer.Error}");
        return answer.Value.Result["confidences"]!.AsArray();
    }
}
