using System.Text.Json;
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
    public void Mnist_DigitEight_IsEight()
    {
        using var model = InferenceParts.Load(SharedData.Combine("models", "mnist", "model.onnx"));

        var best = Answer(model, SharedData.Combine("models", "mnist", "digit8.png"))[0]!;

        Assert.Equal("8", (string)best["class"]!);
        Assert.Equal(1, (double)best["score"]!, 3);
    }

    [SharedDataFact("models/squeezenet_fp16")]
    public void SqueezeNet_Fish_IsTench()
    {
        var labels = LabelFile.Read(SharedData.Combine("models", "squeezenet_fp16", "labels.txt"));
        using var model = InferenceParts.Load(
            SharedData.Combine("models", "squeezenet_fp16", "model.onnx"), new ServiceDescription { Inputs = [new PictureInput { Color = PictureColor.Bgr }] }, [.. labels.Value!]);

        var answer = Answer(model, SharedData.Combine("models", "squeezenet_fp16", "fish.png"));

        Assert.Equal(5, answer.Count);
        Assert.Equal(0, (int)answer[0]!["index"]!);
        Assert.Equal("tench, Tinca tinca", (string)answer[0]!["class"]!);
        Assert.Equal(0.7378, (double)answer[0]!["score"]!, 2e-3);
    }

    [Fact]
    public void Digits_PicturesOfTheSample_AreRecognised()
    {
        var content = PackageContent.Read(RepositoryRoot.Combine("samples", "digits"));
        Assert.True(content.IsSuccess, $"{content.Error}");
        using var model = InferenceParts.Load(content.Value.ModelPath, content.Value.Description, [.. content.Value.Labels]);

        foreach (var picture in Directory.EnumerateFiles(RepositoryRoot.Combine("samples", "digits", "pictures"), "*.png"))
        {
            // Named digit-{what it shows}-{number}.png.
            Assert.Equal(Path.GetFileName(picture).Split('-')[1], (string)Answer(model, picture)[0]!["class"]!);
        }
    }

    private static JsonArray Answer(ClassificationModel model, string picture)
    {
        var request = model.Prepare("picture", File.ReadAllBytes(picture));
        Assert.True(request.IsSuccess, $"{request.Error}");
        using var outputs = model.Model.RunOnce(request.Value, default);
        var answer = model.Interpret(outputs.Outputs, model.ReadTopK(default).Value);
        Assert.True(answer.IsSuccess);
        return answer.Value["confidences"]!.AsArray();
    }
}
