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
    public async Task LoadAsync_TensorModel_LoadsAndAnswersNoPicture()
    {
        var loaded = await Verifier.LoadAsync(Release(new TarBuilder().File("model.onnx", TestModels.StringInput())), default);

        await using var target = loaded.Value!;
        var answer = await target.RunAsync(new TestCase { Content = TestPictures.Rgb(8, 8, TestPictures.Green) }, default);
        Assert.Equal("serving.no_pipeline", answer.Error!.Code);
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
