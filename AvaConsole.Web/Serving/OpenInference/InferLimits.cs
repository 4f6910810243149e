namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>What one inference request may ask for, whatever its model. Its bytes are bounded by <see cref="ServingOptions.MaxTensorMegabytes"/>.</summary>
internal static class InferLimits
{
    /// <summary>Dimensions of a tensor; ONNX models have eight at most.</summary>
    public const int MaxRank = 16;

    /// <summary>Objects and arrays within one another outside of <c>data</c>.</summary>
    public const int MaxDepth = 32;

    /// <summary>Length of a first dimension: rows without any bytes must not cost a model's time.</summary>
    public const int MaxRows = 1 << 20;

    public const int MaxIdLength = 1024;

    public const int MaxTensors = 256;

    /// <summary>A compressed body may unfold to this many times its bytes, and to <see cref="FreeInflation"/> in any case.</summary>
    public const int MaxInflation = 100;

    public const int FreeInflation = 1024 * 1024;
}
