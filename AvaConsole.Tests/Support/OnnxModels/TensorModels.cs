namespace AvaConsole.Tests.Support.OnnxModels;

/// <summary>Models of tensors, each for one thing that a host of any model has to get right.</summary>
internal static class TensorModels
{
    /// <summary><c>x</c> [N,L] in, the same as <c>y</c> out.</summary>
    public static byte[] Echo(OnnxType type) => OnnxModelWriter.Write(new OnnxGraphWriter("echo")
        .Input("x", type, "N", "L")
        .Output("y", type, "N", "L")
        .Node("Identity", ["x"], ["y"]));

    /// <summary><c>x</c> of the shape in, the same as <c>y</c> out.</summary>
    public static byte[] EchoFloats(params OnnxDimension[] shape) => OnnxModelWriter.Write(new OnnxGraphWriter("echo")
        .Input("x", OnnxType.Float, shape)
        .Output("y", OnnxType.Float, shape)
        .Node("Identity", ["x"], ["y"]));

    /// <summary><c>a</c> [N,2] and <c>b</c> [N,2] in, their <c>sum</c> and <c>product</c> out.</summary>
    public static byte[] SumAndProduct() => OnnxModelWriter.Write(new OnnxGraphWriter("two")
        .Input("a", OnnxType.Float, "N", 2)
        .Input("b", OnnxType.Float, "N", 2)
        .Output("sum", OnnxType.Float, "N", 2)
        .Output("product", OnnxType.Float, "N", 2)
        .Node("Add", ["a", "b"], ["sum"])
        .Node("Mul", ["a", "b"], ["product"]));

    /// <summary><c>x</c> [N,2] less the mean of all rows: its shape promises rows that it does not keep apart.</summary>
    public static byte[] Mixing() => OnnxModelWriter.Write(new OnnxGraphWriter("mixing")
        .Input("x", OnnxType.Float, "N", 2)
        .Output("y", OnnxType.Float, "N", 2)
        .Node("ReduceMean", ["x"], ["mean"], OnnxAttribute.Ints("axes", 0))
        .Node("Sub", ["x", "mean"], ["y"]));

    /// <summary><c>x</c> [N,2] times <c>factor</c>, which a request may leave out: then it is 3.</summary>
    public static byte[] OptionalFactor() => OnnxModelWriter.Write(new OnnxGraphWriter("optional")
        .Input("x", OnnxType.Float, "N", 2)
        .Input("factor", OnnxType.Float)
        .Scalar("factor", 3f)
        .Output("y", OnnxType.Float, "N", 2)
        .Node("Mul", ["x", "factor"], ["y"]));

    /// <summary><c>x</c> [N,2] in, <c>rows</c> out: a sequence of N tensors [1,2].</summary>
    public static byte[] RowSequence() => OnnxModelWriter.Write(new OnnxGraphWriter("sequence")
        .Input("x", OnnxType.Float, "N", 2)
        .SequenceOutput("rows", OnnxType.Float)
        .Node("SplitToSequence", ["x"], ["rows"], OnnxAttribute.Int("axis", 0)));

    /// <summary><c>x</c> [N,2] in, <c>maps</c> out: for each row {10: x0, 20: x1}.</summary>
    public static byte[] RowMaps() => OnnxModelWriter.Write(new OnnxGraphWriter("maps")
        .Input("x", OnnxType.Float, "N", 2)
        .MapsOutput("maps")
        .MlNode("ZipMap", ["x"], ["maps"], OnnxAttribute.Ints("classlabels_int64s", 10, 20)));

    /// <summary><c>size</c> int64 [1] in, <c>values</c> out: so many elements, made by this operator.</summary>
    public static byte[] Unfolding(string operation)
    {
        var graph = new OnnxGraphWriter("unfolding").Input("size", OnnxType.Int64, 1).Output("values", operation == "ConstantOfShape" ? OnnxType.Float : OnnxType.Int64, "N");
        return OnnxModelWriter.Write(operation switch
        {
            "Range" => graph.Scalar("zero", 0L).Scalar("one", 1L).Longs("none", []).Node("Reshape", ["size", "none"], ["end"]).Node("Range", ["zero", "end", "one"], ["values"]),
            "ConstantOfShape" => graph.Node(operation, ["size"], ["values"]),
            _ => graph.Longs("seven", [7]).Node(operation, ["seven", "size"], ["values"]),
        });
    }

    /// <summary>A type that nothing on the wire can carry.</summary>
    public static byte[] ComplexNumbers() => Echo(OnnxType.Complex64);
}
