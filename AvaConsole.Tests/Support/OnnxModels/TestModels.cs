namespace AvaConsole.Tests.Support.OnnxModels;

/// <summary>
/// Small models with answers that can be worked out by hand. The classifiers take <c>image</c> [N,channels,size,size] and
/// give <c>scores</c> [N,classes]: the softmax over the mean of each channel, so the class is the strongest channel.
/// A class beyond the channels repeats one of them with a penalty of 1 and is never the first.
/// </summary>
internal static class TestModels
{
    /// <summary>Trips of <see cref="Slow"/> that outlast any test: the run ends only when it is cancelled.</summary>
    public const long Endless = long.MaxValue;

    private const int LoopSize = 64;

    /// <summary>A <paramref name="batch"/> of null takes any number of pictures, a <paramref name="size"/> of null any picture size.</summary>
    public static byte[] Classifier(int channels = 3, int? size = 8, int classes = 3, int? batch = null)
    {
        var graph = new OnnxGraphWriter("classifier");
        AddClassifier(graph, channels, size, classes, batch);
        return OnnxModelWriter.Write(graph.Node("Softmax", ["logits"], ["scores"], OnnxAttribute.Int("axis", 1)));
    }

    /// <summary>A classifier that was exported for exactly one picture per run.</summary>
    public static byte[] FixedBatchOfOne(int channels = 3, int size = 8, int classes = 3) => Classifier(channels, size, classes, batch: 1);

    /// <summary>
    /// A classifier with the same answers that first multiplies a 64x64 matrix <paramref name="trips"/> times (a few
    /// microseconds each on one thread). A run ends early only by its RunOptions.Terminate. The matrix
    /// depends on the picture, so that the optimizer cannot work it out when the model is loaded.
    /// </summary>
    public static byte[] Slow(long trips, int channels = 3, int? size = 8, int classes = 3, int? batch = null)
    {
        var graph = new OnnxGraphWriter("slow");
        AddClassifier(graph, channels, size, classes, batch);
        graph.Scalar("trips", trips)
            .Scalar("go", true)
            .Scalar("zero", 0f)
            .Floats("start", [LoopSize, LoopSize], Shift(LoopSize))
            .Node("ReduceMean", ["image"], ["brightness"], OnnxAttribute.Int("keepdims", 0))
            .Node("Add", ["start", "brightness"], ["first"])
            .Node("Loop", ["trips", "go", "first"], ["last"], OnnxAttribute.Graph("body", LoopBody()))
            .Node("ReduceMean", ["last"], ["mean"], OnnxAttribute.Int("keepdims", 0))
            .Node("Mul", ["mean", "zero"], ["nothing"])
            .Node("Add", ["logits", "nothing"], ["late"])
            .Node("Softmax", ["late"], ["scores"], OnnxAttribute.Int("axis", 1));
        return OnnxModelWriter.Write(graph);
    }

    /// <summary>Adds so many weights to its input, <c>values</c> float [N,floats], to give <c>sum</c>.</summary>
    public static byte[] Heavy(int floats)
    {
        var weights = new float[floats];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan())); // Equal values would be folded.
        return OnnxModelWriter.Write(new OnnxGraphWriter("heavy")
            .Input("values", OnnxType.Float, "N", floats)
            .Output("sum", OnnxType.Float, "N", floats)
            .Floats("weights", [floats], weights)
            .Node("Add", ["values", "weights"], ["sum"]));
    }

    /// <summary>Makes a tensor of so many floats out of a file of a hundred bytes: as soon as it is loaded, or when it runs.</summary>
    public static byte[] Bomb(long floats, bool whenLoaded)
    {
        var graph = new OnnxGraphWriter("bomb").Output("filled", OnnxType.Float, "N").Output("echo", OnnxType.Int64, 1).Input("size", OnnxType.Int64, 1).Node("Identity", ["size"], ["echo"]);
        return OnnxModelWriter.Write(whenLoaded
            ? graph.Longs("shape", [floats]).Node("ConstantOfShape", ["shape"], ["filled"])
            : graph.Longs("least", [floats]).Node("Max", ["size", "least"], ["shape"]).Node("ConstantOfShape", ["shape"], ["filled"]));
    }

    /// <summary>A well-formed file with a node that no runtime knows.</summary>
    public static byte[] UnknownOperator() => OnnxModelWriter.Write(new OnnxGraphWriter("unknown")
        .Input("image", OnnxType.Float, "N", 3, 8, 8)
        .Output("scores", OnnxType.Float, "N", 3)
        .Node("NoSuchOp", ["image"], ["scores"]));

    /// <summary><c>text</c> string [N] in, the same as <c>echo</c> out: no picture can be its input.</summary>
    public static byte[] StringInput() => OnnxModelWriter.Write(new OnnxGraphWriter("strings")
        .Input("text", OnnxType.String, "N")
        .Output("echo", OnnxType.String, "N")
        .Node("Identity", ["text"], ["echo"]));

    /// <summary>A classifier's file that stops half way, as after a broken upload.</summary>
    public static byte[] Truncated()
    {
        var whole = Classifier();
        return whole[..(whole.Length / 2)];
    }

    /// <summary>Adds weights to its input that it asks for from another file, <paramref name="location"/>.</summary>
    public static byte[] ExternalData(string location, int floats = 4) => OnnxModelWriter.Write(new OnnxGraphWriter("external")
        .Input("values", OnnxType.Float, "N", floats)
        .Output("sum", OnnxType.Float, "N", floats)
        .ExternalFloats("weights", [floats], location)
        .Node("Add", ["values", "weights"], ["sum"]));

    private static void AddClassifier(OnnxGraphWriter graph, int channels, int? size, int classes, int? batch)
    {
        OnnxDimension rows = batch is { } count ? (long)count : "N";
        OnnxDimension height = size is { } fixedHeight ? (long)fixedHeight : "H";
        OnnxDimension width = size is { } fixedWidth ? (long)fixedWidth : "W";
        var weights = new float[channels * classes];
        for (var label = 0; label < classes; label++)
            weights[label % channels * classes + label] = 1;
        graph.Input("image", OnnxType.Float, rows, channels, height, width)
            .Output("scores", OnnxType.Float, rows, classes)
            .Floats("weights", [channels, classes], weights)
            .Floats("bias", [classes], [.. Enumerable.Range(0, classes).Select(label => -(float)(label / channels))])
            .Node("GlobalAveragePool", ["image"], ["means"])
            .Node("Flatten", ["means"], ["flat"])
            .Node("Gemm", ["flat", "weights", "bias"], ["logits"]);
    }

    // A permutation only moves columns: however many trips, the numbers neither grow nor vanish.
    private static OnnxGraphWriter LoopBody() => new OnnxGraphWriter("body")
        .Input("trip", OnnxType.Int64)
        .Input("go_in", OnnxType.Bool)
        .Input("matrix", OnnxType.Float, LoopSize, LoopSize)
        .Output("go_out", OnnxType.Bool)
        .Output("moved", OnnxType.Float, LoopSize, LoopSize)
        .Floats("shift", [LoopSize, LoopSize], Shift(LoopSize))
        .Node("Identity", ["go_in"], ["go_out"])
        .Node("MatMul", ["matrix", "shift"], ["moved"]);

    private static float[] Shift(int size)
    {
        var matrix = new float[size * size];
        for (var row = 0; row < size; row++)
            matrix[row * size + (row + 1) % size] = 1;
        return matrix;
    }
}
