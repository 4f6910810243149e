using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Inference;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.Execution;
using AvaConsole.Inference.Hosting;
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
    private static readonly DecodeGate s_gate = new();

    public static OrtRuntime Runtime { get; } = new(Settings(), NullLogger<OrtRuntime>.Instance);

    public static PackageInspector Inspector(TemporaryDirectory folder, int warmUpSeconds = 300) =>
        new(new DataDirectory(folder.FullPath), new PackageUnpacker(), NoTrial(folder), Runtime, Settings(warmUpSeconds), NullLogger<PackageInspector>.Instance);

    /// <summary>For what is about something else: the models are the tests' own, and a child for each would take its time.</summary>
    public static ModelTrial NoTrial(TemporaryDirectory folder) => new(new DataDirectory(folder.FullPath), Settings(), NullLogger<ModelTrial>.Instance);

    /// <summary>A model with a description, ready to answer.</summary>
    public static OpenedModel Load(string modelPath, ServiceDescription? description = null, params string[] labels) =>
        Open(new PackageContent(modelPath, description ?? new ServiceDescription(), description is not null, labels));

    /// <summary>What a package's folder holds, ready to answer.</summary>
    public static OpenedModel Open(PackageContent content, BatchSettings? settings = null)
    {
        var opened = TryOpen(content, settings);
        Assert.True(opened.IsSuccess, $"{opened.Error}");
        return opened.Value;
    }

    public static Result<OpenedModel> TryOpen(PackageContent content, BatchSettings? settings = null) =>
        new ModelOpener(path => Runtime.Load(path), OptionsOf(settings), s_gate).Open(content, default);

    /// <summary>Asks as a host does.</summary>
    public static async Task<Result<InferenceAnswer>> AskAsync(OpenedModel model, InferenceRequest request, CancellationToken ct = default)
    {
        using var admission = model.Model.TryEnter().Value!;
        return await model.Pipeline!.AnswerAsync(admission, request, ct);
    }

    /// <summary>A request with a picture and perhaps parameters.</summary>
    public static InferenceRequest Picture(byte[] file, string? parameters = null) => new(
        new Dictionary<string, ReadOnlyMemory<byte>> { ["image"] = file }, parameters is null ? default : JsonDocument.Parse(parameters).RootElement);

    /// <summary>Takes a loaded model over, as a host of its own would.</summary>
    public static TensorModel Tensors(OrtModel model, BatchSettings? settings = null) => new(model, OptionsOf(settings));

    private static TensorModelOptions OptionsOf(BatchSettings? settings) => new()
    {
        App = "app",
        Version = "1",
        Settings = settings ?? new BatchSettings(8, TimeSpan.Zero, 100, TimeSpan.FromMinutes(1)),
        Slots = new RunSlots(2),
    };

    private static IOptions<InferenceOptions> Settings(int warmUpSeconds = 300) =>
        Options.Create(new InferenceOptions { Provider = "cpu", WarmUpSeconds = warmUpSeconds });

    /// <summary>The only problem of an error.</summary>
    public static Problem Problem(Error? error)
    {
        var invalid = Assert.IsType<InvalidError>(error);
        return Assert.Single(invalid.Problems);
    }
}
