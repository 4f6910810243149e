using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines;

/// <summary>Everything that turns a picture into a model's input and its output into classes, settled and checked.</summary>
internal sealed record ClassificationSettings
{
    public required string InputName { get; init; }

    public required TensorType InputType { get; init; }

    /// <summary>Channels are planes (NCHW), not interleaved (NHWC).</summary>
    public required bool Planar { get; init; }

    public required PictureFormat Picture { get; init; }

    /// <summary>For each channel.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>For each channel; never zero.</summary>
    public required IReadOnlyList<float> Std { get; init; }

    public required float Scale { get; init; }

    public required string OutputName { get; init; }

    public required bool Softmax { get; init; }

    public required int TopK { get; init; }

    /// <summary>Empty: classes are named by their index.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Of one picture, as a batch of one.</summary>
    public IReadOnlyList<long> InputShape => Planar
        ? [1, Picture.Channels, Picture.Height, Picture.Width]
        : [1, Picture.Height, Picture.Width, Picture.Channels];
}
