using AvaConsole.Inference.Batching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Inference.Execution;

/// <summary>What a loaded model is told about its surroundings.</summary>
internal sealed record TensorModelOptions
{
    /// <summary>The app's command or the model's name, for figures and thread names.</summary>
    public required string App { get; init; }

    public required string Version { get; init; }

    /// <summary>A batch size above 1 takes effect only where the model proves that it keeps rows apart.</summary>
    public required BatchSettings Settings { get; init; }

    /// <summary>Shared by all models of the process.</summary>
    public required RunSlots Slots { get; init; }

    /// <summary>Null for what is no traffic.</summary>
    public InferenceMeters? Meters { get; init; }

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
