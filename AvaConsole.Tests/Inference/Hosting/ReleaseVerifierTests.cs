using AvaConsole.Core.Releases;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Inference.Hosting;

public sealed class ReleaseVerifierTests : IAsyncLifetime
{
    private HostScenario _scenario = null!;

    private IReleaseVerifier Verifier => _scenario.Services.GetRequiredService<IReleaseVerifier>();

    public async Task InitializeAsync() => _scenario = await HostScenario.StartAsync();

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task LoadAsync_GoodRelease_AnswersTestCasesAndRoutesNothing()
    {
        var loaded = await Verifier.LoadAsync(Release(TarFixtures.Package()), default);
        Assert.True(loaded.IsSuccess, $"{loaded.Error}");
        await using var target = loaded.Value;

        var green = await target.RunAsync(new TestCase { Content = TestPictures.Rgb(30, 20, TestPictures.Green) }, default);
        var text = await target.RunAsync(new TestCase { Content = "text"u8.ToArray() }, default);

        Assert.Equal("green", green.Value!.Label);
        Assert.InRange(green.Value.Score, 0.5, 1);
        Assert.Equal("picture.not_a_picture", InferenceParts.Problem(text.Error).Code);
        Assert.Null(_scenario.Host.TryAcquireVersion("colors", "v1"));
        Assert.Empty(_scenario.Host.Statuses);
    }

    [Fact]
    public async Task LoadAsync_TensorModel_AnswersTensorsAndNoPicture()
    {
        var loaded = await Verifier.LoadAsync(Release(new TarBuilder().File("model.onnx", TensorModels.SumAndProduct())), default);

        await using var target = loaded.Value!;
        var picture = await target.RunAsync(new TestCase { Content = TestPictures.Rgb(8, 8, TestPictures.Green) }, default);
        var tensors = await target.RunAsync(
            new TestCase { Entry = "a", Content = "[[1, 2]]"u8.ToArray(), More = [new TestCaseEntry("b", "", "application/json", "[[3, 4]]"u8.ToArray())] }, default);

        Assert.IsType<AvaConsole.Core.Common.InvalidError>(picture.Error);
        Assert.True(tensors.IsSuccess, $"{(tensors.Error as AvaConsole.Core.Common.InvalidError)?.Problems[0]}");
        Assert.Equal(2, tensors.Value.Result["outputs"]!.AsArray().Count);
    }

    /// <summary>Labels and the maps of ZipMap, of a package without a word of description.</summary>
    [SharedDataFact("models/sklearn_randomforest")]
    public async Task LoadAsync_RandomForestWithoutDescription_AnswersRows()
    {
        var model = await File.ReadAllBytesAsync(Directory.EnumerateFiles(SharedData.Combine("models", "sklearn_randomforest"), "*.onnx").Single());
        var loaded = await Verifier.LoadAsync(Release(new TarBuilder().File("model.onnx", model)), default);

        await using var target = loaded.Value!;
        var answer = await target.RunAsync(new TestCase { Content = "[[5.1, 3.5, 1.4, 0.2]]"u8.ToArray() }, default);

        Assert.True(answer.IsSuccess, $"{(answer.Error as AvaConsole.Core.Common.InvalidError)?.Problems[0]}");
        Assert.Equal(0, (int)answer.Value.Result["outputs"]![0]!["data"]![0]!);
        Assert.InRange((double)answer.Value.Result["outputs"]![1]!["sequence"]![0]!["map"]!["0"]!, 0.5, 1);
    }

    [Fact]
    public async Task LoadAsync_DescriptionThatNamesNoPipeline_SaysSo()
    {
        var loaded = await Verifier.LoadAsync(Release(new TarBuilder().File("model.onnx", TestModels.StringInput()).File("service.yaml", "labels: labels.txt\n").File("labels.txt", "a\nb\n")), default);

        Assert.Equal("model.no_pipeline", InferenceParts.Problem(loaded.Error).Code);
    }

    [Fact]
    public async Task LoadAsync_WrongCustomValue_NamesIt()
    {
        var release = Release(TarFixtures.Package());
        release.CustomValues = """{"top_k": 0, "scale": "much"}""";

        var loaded = await Verifier.LoadAsync(release, default);

        var problems = Assert.IsType<AvaConsole.Core.Common.InvalidError>(loaded.Error).Problems;
        Assert.Equal(["custom_values:input.scale", "custom_values:output.top_k"], problems.Select(problem => problem.Field).Order());
    }

    private Release Release(TarBuilder package) => new()
    {
        App = new App { Command = "colors" },
        Version = "v1",
        BatchSize = 4,
        Package = new ModelPackage { Sha256 = _scenario.AddPackage(package) },
    };
}
