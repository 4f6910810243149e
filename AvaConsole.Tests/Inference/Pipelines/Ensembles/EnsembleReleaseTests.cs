using System.Text.Json.Nodes;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Inference.Packages;
using AvaConsole.Tests.Inference.Hosting;
using AvaConsole.Tests.Inference.Support;
using AvaConsole.Tests.Support;
using AvaConsole.Tests.Support.OnnxModels;

namespace AvaConsole.Tests.Inference.Pipelines.Ensembles;

/// <summary>An ensemble's archive: inspected, released, served.</summary>
public sealed class EnsembleReleaseTests
{
    [Fact]
    public async Task InspectAsync_Ensemble_IsOne()
    {
        using var folder = new TemporaryDirectory();

        var inspection = await InspectAsync(folder, Archive(EnsemblePackage.FindAndName));

        Assert.True(inspection.IsSuccess, $"{inspection.Error}");
        Assert.Equal(("ensemble", "pixels"), (inspection.Value.Pipeline, inspection.Value.Inputs[0].Name));
        Assert.False(inspection.Value.Batchable);
    }

    [Fact]
    public async Task InspectAsync_WrongEnsemble_NamesTheStep()
    {
        using var folder = new TemporaryDirectory();

        var missing = await InspectAsync(folder, Archive(EnsemblePackage.FindAndName.Replace("namer.onnx", "other.onnx", StringComparison.Ordinal)));
        var crop = await InspectAsync(folder, Archive(EnsemblePackage.FindAndName.Replace("crop: find", "crop: colour", StringComparison.Ordinal)));
        var labels = await InspectAsync(folder, Archive(EnsemblePackage.FindAndName.Replace("labels: colors.txt", "labels: halves4.txt", StringComparison.Ordinal)).File("halves4.txt", "a\nb\nc\nd\n"));

        Assert.Equal(("package.ensemble_file_missing", "other.onnx"), (InferenceParts.Problem(missing.Error).Code, InferenceParts.Problem(missing.Error).Args[0]));
        Assert.Equal(("service.yaml:steps.color.crop", "package.ensemble_step_unknown"), (InferenceParts.Problem(crop.Error).Field, InferenceParts.Problem(crop.Error).Code));
        Assert.Equal(("service.yaml:steps.color", "package.labels_count"), (InferenceParts.Problem(labels.Error).Field, InferenceParts.Problem(labels.Error).Code));
    }

    [Fact]
    public async Task Release_OfAnEnsemble_IsServed()
    {
        await using var scenario = await HostScenario.StartAsync();
        await scenario.ReleaseAsync("v1", scenario.AddPackage(Archive(EnsemblePackage.FindAndName)), Phases.Production);
        await scenario.StateAsync("v1", ModelStates.Serving);
        using var lease = scenario.Host.TryAcquire("colors", Phases.Production)!;

        var answer = await lease.Model.InferAsync(InferenceParts.Picture(EnsemblePackage.RedAndBlue), default);

        Assert.True(answer.IsSuccess, $"{answer.Error}");
        Assert.Equal(["red", "blue"], answer.Value.Result["detections"]!.AsArray().Select(one => (string)one!["color"]!["confidences"]![0]!["class"]!));
    }

    [Fact]
    public async Task Release_WithValuesAndFiles_ReachesTheModels()
    {
        await using var scenario = await HostScenario.StartAsync();
        const string url = "https://files.example/colors.txt";
        scenario.Egress.Bodies[new Uri(url)] = "rouge\nvert\nbleu\n"u8.ToArray();
        var sha256 = scenario.AddPackage(Archive(EnsemblePackage.FindAndName));
        var values = new JsonObject { ["score_threshold"] = 0.7, ["namer"] = new JsonObject { ["top_k"] = 2 } };
        await scenario.PutAsync(
            (ConfigKey.AppRelease("colors", "v1"), HostScenario.Document(Phases.Production, values: values, files: new Dictionary<string, string> { ["colors.txt"] = url })),
            (ConfigKey.ReleaseManifest("colors", "v1"), HostScenario.Manifest(sha256)));
        await scenario.StateAsync("v1", ModelStates.Serving);
        using var lease = scenario.Host.TryAcquire("colors", Phases.Production)!;

        var answer = await lease.Model.InferAsync(InferenceParts.Picture(EnsemblePackage.RedAndBlue), default);

        var found = Assert.Single(answer.Value!.Result["detections"]!.AsArray());
        var named = found!["color"]!["confidences"]!.AsArray();
        Assert.Equal((2, "rouge"), (named.Count, (string)named[0]!["class"]!));
    }

    internal static TarBuilder Archive(string yaml) => new TarBuilder()
        .File("finder.onnx", GraphModels.Finder(8, 0, 0, 4, 8, 0.75f, 0, 4, 0, 8, 8, 0.5f, 1))
        .File("namer.onnx", TestModels.Classifier())
        .File("halves.txt", "left\nright\nmiddle\n")
        .File("colors.txt", "red\ngreen\nblue\n")
        .File("service.yaml", yaml);

    private static async Task<Result<PackageInspection>> InspectAsync(TemporaryDirectory folder, TarBuilder package)
    {
        var archive = Path.Combine(folder.FullPath, $"{Guid.NewGuid():n}.tar");
        await File.WriteAllBytesAsync(archive, package.ToTar());
        return await InferenceParts.Inspector(folder).InspectAsync(archive, default);
    }
}
