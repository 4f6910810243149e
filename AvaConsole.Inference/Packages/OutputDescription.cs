namespace AvaConsole.Inference.Packages;

/// <summary><c>output</c>: how the model's tensors become an answer; one record for each pipeline.</summary>
public abstract record OutputDescription
{
    /// <summary><c>tensor</c>: the model's output that is read; null: worked out.</summary>
    [ServiceMember("The model's output that is read. Default: worked out from the shapes.")]
    public string? Tensor { get; init; }
}

public sealed record ClassificationOutput : OutputDescription
{
    /// <summary>Null: none where the model's numbers add up to one, else softmax.</summary>
    [ServiceMember("What turns the model's numbers into scores. Default: none where they add up to one, else softmax.", IsOverridable = true)]
    public Activation? Activation { get; init; }

    /// <summary><c>top_k</c>: confidences in an answer where the request does not say.</summary>
    [ServiceMember("Confidences in an answer where the request does not say. Default: 5.", Minimum = 1, Maximum = 1000, IsOverridable = true)]
    public int? TopK { get; init; }

    /// <summary>Confidences below it are left out.</summary>
    [ServiceMember("Confidences below it are left out. Default: 0.", Minimum = 0, Maximum = 1, IsOverridable = true)]
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
    [ServiceMember("yolo: one tensor with box and scores in each row; ssd: boxes, scores and classes as tensors of their own; end_to_end: rows of box, score and class, chosen by the model itself. Default: by the model's outputs.")]
    public DetectionHead? Head { get; init; }

    /// <summary><c>boxes</c>: output with four numbers for each box, where boxes, scores and classes are tensors of their own.</summary>
    [ServiceMember("Output with four numbers for each box.")]
    public string? Boxes { get; init; }

    /// <summary><c>scores</c>: output with one score for each box, or one for each box and class.</summary>
    [ServiceMember("Output with one score for each box, or one for each box and class.")]
    public string? Scores { get; init; }

    /// <summary><c>classes</c>: output with the class of each box.</summary>
    [ServiceMember("Output with the class of each box.")]
    public string? Classes { get; init; }

    /// <summary><c>count</c>: output with the number of boxes that count.</summary>
    [ServiceMember("Output with the number of boxes that count.")]
    public string? Count { get; init; }

    /// <summary><c>activation</c> of the scores.</summary>
    [ServiceMember("What turns the model's numbers into scores. Default: none.", IsOverridable = true)]
    public Activation? Activation { get; init; }

    /// <summary><c>score_threshold</c>: 0–1; boxes below it are left out.</summary>
    [ServiceMember("Boxes with a lower score are left out. Default: 0.25.", Minimum = 0, Maximum = 1, IsOverridable = true)]
    public float? ScoreThreshold { get; init; }

    /// <summary><c>nms_iou</c>: 0–1; of two boxes of a class that overlap more, the better one stays. 1 for no suppression.</summary>
    [ServiceMember("Of two boxes of a class that overlap more than this, the better one stays; 1 keeps all. Default: 0.45.", Minimum = 0, Maximum = 1, IsOverridable = true)]
    public float? NmsIou { get; init; }

    /// <summary><c>max_detections</c> of one picture.</summary>
    [ServiceMember("Boxes of one picture, the best. Default: 100.", Minimum = 1, Maximum = 10000, IsOverridable = true)]
    public int? MaxDetections { get; init; }

    /// <summary><c>box_format</c>: what the four numbers are.</summary>
    [ServiceMember("What the four numbers of a box are. Default: cxcywh for yolo, xyxy for ssd.")]
    public BoxFormat? BoxFormat { get; init; }

    /// <summary><c>box_units</c>: what they count.</summary>
    [ServiceMember("pixels of the model's input, or relative to its size (0–1). Default: pixels for yolo, relative for ssd.")]
    public BoxUnits? BoxUnits { get; init; }

    /// <summary><c>objectness</c>: a YOLO row has a score for "anything at all" before its classes; null: by the number of labels.</summary>
    [ServiceMember("Rows of a yolo head have a score for anything at all before those of the classes. Default: by the number of labels.")]
    public bool? Objectness { get; init; }

    /// <summary><c>background_class</c>: class that is none, as the first of many SSD heads.</summary>
    [ServiceMember("Class that means nothing is there. Default: none.", Minimum = 0, Maximum = 100000)]
    public int? BackgroundClass { get; init; }
}

public enum DetectionHead
{
    /// <summary>One tensor: box, perhaps objectness, and a score for each class in every row (or column).</summary>
    Yolo,

    /// <summary>Boxes, scores and perhaps classes as tensors of their own.</summary>
    Ssd,

    /// <summary>Rows of six in one tensor: box, score, class. The model has chosen among its boxes itself.</summary>
    EndToEnd,
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
    [ServiceMember("argmax: each pixel has the class with the largest number; threshold: each class on its own. Default: argmax for several classes, threshold for one.")]
    public SegmentationMode? Mode { get; init; }

    /// <summary>0–1, for <see cref="SegmentationMode.Threshold"/>.</summary>
    [ServiceMember("Score from which a pixel belongs to a class. Default: 0.5.", Minimum = 0, Maximum = 1, IsOverridable = true)]
    public float? Threshold { get; init; }

    [ServiceMember("What turns the model's numbers into scores. Default: none.", IsOverridable = true)]
    public Activation? Activation { get; init; }

    [ServiceMember("png: a picture as data URI; rle: lengths of runs. Default: png.", IsOverridable = true)]
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
    [ServiceMember("Brings the vector's length to 1. Default: false.", IsOverridable = true)]
    public bool? Normalize { get; init; }

    [ServiceMember("json: numbers; base64: little-endian float32. Default: json.", IsOverridable = true)]
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
    [ServiceMember("Names of the numbers, in their order. Default: their index.")]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>One for each number, or one for all.</summary>
    [ServiceMember("Units of the numbers: one for all, or one for each.", OneOrMany = true)]
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>The number becomes <c>number × scale + offset</c>.</summary>
    [ServiceMember("The number becomes number × scale + offset. Default: 1.", NotZero = true, IsOverridable = true)]
    public float? Scale { get; init; }

    [ServiceMember("See scale. Default: 0.", IsOverridable = true)]
    public float? Offset { get; init; }
}

public sealed record RawOutput : OutputDescription
{
    /// <summary><c>tensors</c>: outputs in an answer; empty for all.</summary>
    [ServiceMember("The model's outputs in an answer. Default: all.")]
    public IReadOnlyList<string> Tensors { get; init; } = [];
}
