using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;
using AvaConsole.Tests.Inference.Hosting;
using AvaConsole.Tests.Inference.Pipelines.Ensembles;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;
using Microsoft.Extensions.DependencyInjection;

namespace AvaConsole.Tests.Inference.Packages;

/// <summary>Packages as uploads leave them, opened by what the application registers.</summary>
public sealed class ServiceYamlTrialTests : IAsyncLifetime
{
    private HostScenario _scenario = null!;

    private ServiceYamlTrial Trial => _scenario.Services.GetRequiredService<ServiceYamlTrial>();

    public async Task InitializeAsync()
    {
        _scenario = await HostScenario.CreateAsync();
        await _scenario.StartHostAsync();
    }

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Theory]
    [InlineData("input: {scale: 2}", "{}", 510)]
    [InlineData("input: {scale: 2}", """{"input.scale": 3}""", 765)]
    public async Task PreviewAsync_EditedText_ShowsWhatItMakesOfThePictureInThisRelease(string yaml, string values, double max)
    {
        var preview = await Trial.PreviewAsync(new ServiceDraft(Colors(), yaml) { CustomValues = values }, Picture(), default);

        var step = Assert.Single(preview.Value!);
        Assert.Equal(("", StepGap.None), (step.Step, step.Gap));
        var tensor = Assert.Single(step.Tensors);
        Assert.Equal(max, tensor.Channels[0].Max);
        Assert.NotNull(tensor.Picture);
    }

    [Theory]
    [InlineData("input: {scal: 2}", "package.service_field_near")]
    [InlineData("input: {tensor: picture}", "package.tensor_unknown")]
    [InlineData("pipeline: ensemble\nmodels: {a: {file: a.onnx}}\nsteps: [{model: a}]", "package.ensemble_file_missing")]
    public async Task PreviewAsync_WhatIsWrong_IsSaidBeforeThereIsAPayload(string yaml, string code) =>
        Assert.Equal(code, InferenceParts.Problem((await Trial.PreviewAsync(new ServiceDraft(Colors(), yaml), null, default)).Error).Code);

    [Fact]
    public async Task PreviewAsync_RightTextAndNoPayload_ShowsNothing() =>
        Assert.Empty(Assert.Single((await Trial.PreviewAsync(new ServiceDraft(Colors(), ""), null, default)).Value!).Tensors);

    [Fact]
    public async Task PreviewAsync_Ensemble_ShowsTheFirstStepAndSaysWhatCannotBeShown()
    {
        using var folder = new EnsemblePackage();
        var package = Package(Directory.GetFiles(folder.Folder).Order().Aggregate(new TarBuilder(), (tar, path) => tar.File(Path.GetFileName(path), File.ReadAllBytes(path))));

        var preview = await Trial.PreviewAsync(new ServiceDraft(package, EnsemblePackage.FindAndName), Picture(EnsemblePackage.RedAndBlue), default);

        Assert.Equal(["find:None", "color:Crops"], preview.Value!.Select(step => $"{step.Step}:{step.Gap}"));
        Assert.NotNull(Assert.Single(preview.Value![0].Tensors).Picture);
    }

    [Fact]
    public async Task TryAsync_EditedText_AnswersByIt()
    {
        var answer = await Trial.TryAsync(new ServiceDraft(Colors(), "pipeline: classification\noutput: {top_k: 1}\nlabels: labels.txt"), Picture(), default);

        Assert.True(answer.IsSuccess, $"{answer.Error}");
        Assert.Equal("red", (string?)Assert.Single(answer.Value.Result["confidences"]!.AsArray())!["class"]);
    }

    [Fact]
    public async Task TryAsync_LabelsThatAreNotThere_SaysSo() =>
        Assert.Equal("package.labels_missing", InferenceParts.Problem((await Trial.TryAsync(new ServiceDraft(Colors(), "labels: names.txt"), Picture(), default)).Error).Code);

    [Fact]
    public async Task TryAsync_ModelOfTwoTensors_TakesAnEntryForEach()
    {
        var package = Package(new TarBuilder().File("model.onnx", TensorModels.SumAndProduct()), new TensorInfo("a", "FP32", [-1]), new TensorInfo("b", "FP32", [-1]));

        var answer = await Trial.TryAsync(new ServiceDraft(package, "pipeline: raw"), Request(("a", "[1, 2]"), ("b", "[3, 4]")), default);

        Assert.True(answer.IsSuccess, $"{(answer.Error as InvalidError)?.Problems[0]}");
        Assert.Contains("4", answer.Value.Result.ToJsonString(), StringComparison.Ordinal);
    }

    private ModelPackage Colors() => Package(TarFixtures.Package(), new TensorInfo("image", "FP32", [-1, 3, 8, 8]));

    private ModelPackage Package(TarBuilder package, params TensorInfo[] inputs) =>
        new() { Sha256 = _scenario.AddPackage(package), Inspection = new PackageInspection { Inputs = inputs } };

    private static InferenceRequest Picture(byte[]? picture = null) =>
        new(new Dictionary<string, ReadOnlyMemory<byte>> { ["photo"] = picture ?? TestPictures.Rgb(8, 8, TestPictures.Red) }, default);

    private static InferenceRequest Request(params (string Name, string Json)[] entries) =>
        new(entries.ToDictionary(entry => entry.Name, entry => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(entry.Json)), default);
}
