namespace AvaConsole.Inference.Folders;

/// <summary>How the models of a folder are served: one setting for all.</summary>
public sealed record ModelFolderOptions
{
    /// <summary>Holds <c>NAME/model.onnx</c> or <c>NAME/1/model.onnx</c>; or a <c>model.onnx</c> of its own.</summary>
    public required string Path { get; init; }

    /// <summary>Rows that share a run at most, where a model keeps its rows apart. Default 16; at least 1.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The longest that a request waits for others to share its run. Default 1 ms.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Requests of one model in flight. Default 256; at least 1.</summary>
    public int MaxConcurrent { get; init; } = 256;

    /// <summary>For a whole request. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
