using System.Runtime.InteropServices;

namespace AvaConsole.Tests.Support.OnnxModels;

/// <summary>Builds a GraphProto: the graph of a model, or the body of a Loop.</summary>
internal sealed class OnnxGraphWriter(string name)
{
    private readonly List<ProtobufWriter> _nodes = [];
    private readonly List<ProtobufWriter> _initializers = [];
    private readonly List<ProtobufWriter> _inputs = [];
    private readonly List<ProtobufWriter> _outputs = [];

    public OnnxGraphWriter Input(string tensor, OnnxType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        _inputs.Add(ValueInfo(tensor, TensorType(type, shape)));
        return this;
    }

    public OnnxGraphWriter Output(string tensor, OnnxType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        _outputs.Add(ValueInfo(tensor, TensorType(type, shape)));
        return this;
    }

    /// <summary>An output that is a sequence of tensors.</summary>
    public OnnxGraphWriter SequenceOutput(string name, OnnxType type)
    {
        _outputs.Add(ValueInfo(name, SequenceOf(TensorType(type, []))));
        return this;
    }

    /// <summary>An output that is a sequence of maps from integers to floats, as ZipMap makes it.</summary>
    public OnnxGraphWriter MapsOutput(string name)
    {
        var map = new ProtobufWriter().Varint(1, (long)OnnxType.Int64).Message(2, TensorType(OnnxType.Float, []));
        _outputs.Add(ValueInfo(name, SequenceOf(new ProtobufWriter().Message(5, map))));
        return this;
    }

    /// <summary>A node of classical machine learning; see <see cref="OnnxModelWriter"/>.</summary>
    public OnnxGraphWriter MlNode(string operation, string[] inputs, string[] outputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        NodeOf(OnnxModelWriter.MlDomain, operation, inputs, outputs, attributes);

    public OnnxGraphWriter NodeOf(string domain, string operation, string[] inputs, string[] outputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        Node(operation, inputs, outputs, attributes);
        _nodes[^1].Text(7, domain);
        return this;
    }

    /// <summary>An empty name in <paramref name="inputs"/> leaves out an optional input.</summary>
    public OnnxGraphWriter Node(string operation, string[] inputs, string[] outputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        foreach (var output in outputs)
            node.Text(2, output);
        node.Text(4, operation);
        foreach (var attribute in attributes)
            node.Message(5, attribute.Proto);
        _nodes.Add(node);
        return this;
    }

    public OnnxGraphWriter Floats(string tensor, long[] shape, float[] values) =>
        Initializer(tensor, OnnxType.Float, shape, MemoryMarshal.AsBytes<float>(values));

    /// <summary>One dimension.</summary>
    public OnnxGraphWriter Longs(string tensor, long[] values) =>
        Initializer(tensor, OnnxType.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values));

    public OnnxGraphWriter Scalar(string tensor, float value) =>
        Initializer(tensor, OnnxType.Float, [], MemoryMarshal.AsBytes<float>([value]));

    public OnnxGraphWriter Scalar(string tensor, long value) =>
        Initializer(tensor, OnnxType.Int64, [], MemoryMarshal.AsBytes<long>([value]));

    public OnnxGraphWriter Scalar(string tensor, bool value) => Initializer(tensor, OnnxType.Bool, [], [value ? (byte)1 : (byte)0]);

    /// <summary>A float tensor whose values lie in another file, as a hostile model names one outside its folder.</summary>
    public OnnxGraphWriter ExternalFloats(string tensor, long[] shape, string location)
    {
        var entry = new ProtobufWriter().Text(1, "location").Text(2, location);
        _initializers.Add(TensorStart(tensor, OnnxType.Float, shape).Message(13, entry).Varint(14, 1));
        return this;
    }

    public ProtobufWriter ToProto() => new ProtobufWriter()
        .Messages(1, _nodes)
        .Text(2, name)
        .Messages(5, _initializers)
        .Messages(11, _inputs)
        .Messages(12, _outputs);

    private OnnxGraphWriter Initializer(string tensor, OnnxType type, long[] shape, ReadOnlySpan<byte> littleEndian)
    {
        _initializers.Add(TensorStart(tensor, type, shape).Bytes(9, littleEndian));
        return this;
    }

    private static ProtobufWriter TensorStart(string tensor, OnnxType type, long[] shape)
    {
        var proto = new ProtobufWriter();
        foreach (var size in shape)
            proto.Varint(1, size);
        return proto.Varint(2, (long)type).Text(8, tensor);
    }

    private static ProtobufWriter ValueInfo(string name, ProtobufWriter type) => new ProtobufWriter().Text(1, name).Message(2, type);

    private static ProtobufWriter TensorType(OnnxType type, ReadOnlySpan<OnnxDimension> dimensions)
    {
        var shape = new ProtobufWriter();
        foreach (var dimension in dimensions)
            shape.Message(1, dimension.ToProto());
        return new ProtobufWriter().Message(1, new ProtobufWriter().Varint(1, (long)type).Message(2, shape));
    }

    private static ProtobufWriter SequenceOf(ProtobufWriter element) => new ProtobufWriter().Message(4, new ProtobufWriter().Message(1, element));
}
