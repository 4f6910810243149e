namespace AvaConsole.Inference.Packages;

/// <summary><c>output</c>: how the model's tensors become an answer; one record for each pipeline.</summary>
public abstract record OutputDescription
{
    /// <summary><c>tensor</c>: the model's output that is read; null: worked out.</summary>
    public string? Tensor { get; init; }
}

public sealed record ClassificationOutput : OutputDescription
{
    /// <summary>Null: none where the model's numbers add up to one, else softmax.</summary>
    public Activation? Activation { get; init; }

    /// <summary><c>top_k</c>: confidences in an answer where the request does not say.</summary>
    public int? TopK { get; init; }

    /// <summary>Confidences below it are left out.</summary>
    public float? Threshold { get; init; }
}

public enum Activation
{
    None,
    Softmax,
    Sigmoid,
}

public sealed record DetectionOutput : OutputDescription
{
    public DetectionHead? Head { get; init; }

    /// <summary><c>boxes</c>: output with four numbers for each box, where boxes, scores and classes are tensors of their own.</summary>
    public string? Boxes { get; init; }

    /// <summary><c>scores</c>: output with one score for each box, or one for each box and class.</summary>
    public string? Scores { get; init; }

    /// <summary><c>classes</c>: output with the class of each box.</summary>
    public string? Classes { get; init; }

    /// <summary><c>count</c>: output with the number of boxes that count.</summary>
    public string? Count { get; init; }

    /// <summary><c>activation</c> of the scores.</summary>
    public Activation? Activation { get; init; }

    /// <summary><c>score_threshold</c>: 0–1; boxes below it are left out.</summary>
    public float? ScoreThreshold { get; init; }

    /// <summary><c>nms_iou</c>: 0–1; of two boxes of a class that overlap more, the better one stays. 1 for no suppression.</summary>
    public float? NmsIou { get; init; }

    /// <summary><c>max_detections</c> of one picture.</summary>
    public int? MaxDetections { get; init; }

    /// <summary><c>box_format</c>: what the four numbers are.</summary>
    public BoxFormat? BoxFormat { get; init; }

    /// <summary><c>box_units</c>: what they count.</summary>
    public BoxUnits? BoxUnits { get; init; }

    /// <summary><c>objectness</c>: a YOLO row has a score for "anything at all" before its classes; null: by the number of labels.</summary>
    public bool? Objectness { get; init; }

    /// <summary><c>background_class</c>: class that is none, as the first of many SSD heads.</summary>
    public int? BackgroundClass { get; init; }
}

public enum DetectionHead
{
    /// <summary>One tensor: box, perhaps objectness, and a score for each class in every row (or column).</summary>
    Yolo,

    /// <summary>Boxes, scores and perhaps classes as tensors of their own.</summary>
    Ssd,
}

public enum BoxFormat
{
    /// <summary>Left, top, right, bottom.</summary>
    Xyxy,

    /// <summary>Top, left, bottom, right.</summary>
    Yxyx,

    /// <summary>Left, top, width, height.</summary>
    Xywh,

    /// <summary>Centre's x and y, width, height.</summary>
    Cxcywh,
}

public enum BoxUnits
{
    /// <summary>Pixels of the model's input.</summary>
    Pixels,

    /// <summary>Parts of the model's input, 0–1.</summary>
    Relative,
}

public sealed record SegmentationOutput : OutputDescription
{
    public SegmentationMode? Mode { get; init; }

    /// <summary>0–1, for <see cref="SegmentationMode.Threshold"/>.</summary>
    public float? Threshold { get; init; }

    public Activation? Activation { get; init; }

    public MaskForm? Form { get; init; }
}

public enum SegmentationMode
{
    /// <summary>Each pixel is of the class with its largest number.</summary>
    Argmax,

    /// <summary>Each class on its own: a pixel belongs to it from <see cref="SegmentationOutput.Threshold"/> on.</summary>
    Threshold,
}

public enum MaskForm
{
    /// <summary>A picture in a <c>data:</c> URI.</summary>
    Png,

    /// <summary>Lengths of runs.</summary>
    Rle,
}

public sealed record EmbeddingOutput : OutputDescription
{
    /// <summary>Brings the vector's length to 1.</summary>
    public bool? Normalize { get; init; }

    public EmbeddingForm? Form { get; init; }
}

public enum EmbeddingForm
{
    /// <summary>JSON numbers.</summary>
    Json,

    /// <summary>Little-endian float32, base64.</summary>
    Base64,
}

public sealed record RegressionOutput : OutputDescription
{
    /// <summary>One for each number, in their order; empty: named by their index.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>One for each number, or one for all.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>The number becomes <c>number × scale + offset</c>.</summary>
    public float? Scale { get; init; }

    public float? Offset { get; init; }
}

public sealed record RawOutput : OutputDescription
{
    /// <summary><c>tensors</c>: outputs in an answer; empty for all.</summary>
    public IReadOnlyList<string> Tensors { get; init; } = [];
}
