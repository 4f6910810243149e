namespace AvaConsole.Tests.Support.OnnxModels;

/// <summary>Small models whose outputs are known without running them, to be put together into pipelines and ensembles.</summary>
internal static class GraphModels
{
    /// <summary><c>pixels</c> [1,3,size,size] to <c>boxes</c> [1,K,6], always the same rows: left, top, right, bottom, score, class.</summary>
    public static byte[] Finder(int size, params float[] rows) => OnnxModelWriter.Write(new OnnxGraphWriter("finder")
        .Input("pixels", OnnxType.Float, 1, 3, size, size)
        .Output("boxes", OnnxType.Float, 1, rows.Length / 6, 6)
        .Floats("rows", [1, rows.Length / 6, 6], rows)
        .Scalar("zero", 0f)
        .Node("ReduceMean", ["pixels"], ["mean"], OnnxAttribute.Int("keepdims", 0))
        .Node("Mul", ["mean", "zero"], ["nothing"])
        .Node("Add", ["rows", "nothing"], ["boxes"]));

    /// <summary><c>pixels</c> [N,3,size,size] to <c>means</c> [N,3], the mean of each channel.</summary>
    public static byte[] Means(int size, string batch = "N") => OnnxModelWriter.Write(new OnnxGraphWriter("means")
        .Input("pixels", OnnxType.Float, batch, 3, size, size)
        .Output("means", OnnxType.Float, batch, 3)
        .Node("GlobalAveragePool", ["pixels"], ["pooled"])
        .Node("Flatten", ["pooled"], ["means"]));

    /// <summary><c>values</c> [N,3] to <c>scores</c> [N,3]: their softmax.</summary>
    public static byte[] Softmax() => OnnxModelWriter.Write(new OnnxGraphWriter("softmax")
        .Input("values", OnnxType.Float, "N", 3)
        .Output("scores", OnnxType.Float, "N", 3)
        .Node("Softmax", ["values"], ["scores"], OnnxAttribute.Int("axis", 1)));

    /// <summary><c>pixels</c> [1,3,size,size] to <c>map</c> of the same shape: each pixel's own channels, as scores of three classes.</summary>
    public static byte[] Map(int size) => OnnxModelWriter.Write(new OnnxGraphWriter("map")
        .Input("pixels", OnnxType.Float, 1, 3, size, size)
        .Output("map", OnnxType.Float, 1, 3, size, size)
        .Node("Identity", ["pixels"], ["map"]));
}
