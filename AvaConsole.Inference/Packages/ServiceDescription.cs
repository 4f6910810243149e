namespace AvaConsole.Inference.Packages;

/// <summary>
/// What <c>service.yaml</c> says. A member that it leaves out is null and is worked out from the model itself; the release's
/// <c>image_width</c> and <c>custom_values</c> go before it.
/// </summary>
public sealed record ServiceDescription
{
    /// <summary>How requests become answers: <c>classification</c>.</summary>
    public string? Pipeline { get; init; }

    /// <summary><c>input.tensor</c>: the input that takes the picture.</summary>
    public string? InputTensor { get; init; }

    /// <summary><c>input.width</c>: pixels.</summary>
    public int? Width { get; init; }

    /// <summary><c>input.height</c>: pixels.</summary>
    public int? Height { get; init; }

    /// <summary><c>input.color</c>: <c>grey</c>, <c>rgb</c> or <c>bgr</c>.</summary>
    public string? Color { get; init; }

    /// <summary><c>input.layout</c>: <c>nchw</c> or <c>nhwc</c>.</summary>
    public string? Layout { get; init; }

    /// <summary><c>input.resize</c>: <c>stretch</c>, <c>cover</c> (centre is kept) or <c>contain</c> (borders are filled).</summary>
    public string? Resize { get; init; }

    /// <summary><c>input.background</c>: <c>white</c> or <c>black</c>, under transparent parts and at the borders of <c>contain</c>.</summary>
    public string? Background { get; init; }

    /// <summary><c>input.mean</c>: one number for each channel, taken from the pixel's 0–255.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary><c>input.std</c>: one number for each channel, by which the difference is divided.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary><c>input.scale</c>: the factor after that. A pixel becomes <c>(pixel - mean) / std × scale</c>.</summary>
    public float? Scale { get; init; }

    /// <summary><c>output.tensor</c>: the output with the scores.</summary>
    public string? OutputTensor { get; init; }

    /// <summary><c>output.activation</c>: <c>none</c> or <c>softmax</c>.</summary>
    public string? Activation { get; init; }

    /// <summary><c>output.top_k</c>: confidences in an answer where the request does not say.</summary>
    public int? TopK { get; init; }

    /// <summary><c>labels</c>: file with the class names.</summary>
    public string? Labels { get; init; }
}
