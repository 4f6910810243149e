using AvaConsole.Core.Common;
using AvaConsole.Inference;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines;
using AvaConsole.Inference.Trials;
using AvaConsole.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AvaConsole.Tests.Inference.Support;

/// <summary>The inference project's parts as the tests need them.</summary>
internal static class InferenceParts
{
    public static OrtRuntime Runtime { get; } = new(Settings(), NullLogger<OrtRuntime>.Instance);

    public static PackageInspector Inspector(TemporaryDirectory folder, int warmUpSeconds = 300) =>
        new(new DataDirectory(folder.FullPath), new PackageUnpacker(), NoTrial(folder), Runtime, Settings(warmUpSeconds), NullLogger<PackageInspector>.Instance);

    /// <summary>For what is about something else: the models are the tests' own, and a child for each would take its time.</summary>
    public static ModelTrial NoTrial(TemporaryDirectory folder) => new(new DataDirectory(folder.FullPath), Settings(), NullLogger<ModelTrial>.Instance);

    /// <summary>A model with a description, ready to answer pictures.</summary>
    public static ClassificationModel Load(string modelPath, ServiceDescription? description = null, params string[] labels)
    {
        var model = Runtime.Load(modelPath);
        Assert.True(model.IsSuccess, $"{model.Error}");
        var classification = ClassificationModel.Create(Tensors(model.Value), description ?? new ServiceDescription(), labels, default);
        Assert.True(classification.IsSuccess, $"{classification.Error}");
        return classification.Value;
    }

    /// <summary>Takes a loaded model over, as a host of its own would.</summary>
    public static TensorModel Tensors(OrtModel model, BatchSettings? settings = null) => new(model, new TensorModelOptions
    {
        App = "app",
        Version = "1",
        Settings = settings ?? new BatchSettings(8, TimeSpan.Zero, 100, TimeSpan.FromMinutes(1)),
        Slots = new RunSlots(2),
    });

    private static IOptions<InferenceOptions> Settings(int warmUpSeconds = 300) =>
        Options.Create(new InferenceOptions { Provider = "cpu", WarmUpSeconds = warmUpSeconds });

    /// <summary>The only problem of an error.</summary>
    public static Problem Problem(Error? error)
    {
        var invalid = Assert.IsType<InvalidError>(error);
        return Assert.Single(invalid.Problems);
    }
}
