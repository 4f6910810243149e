namespace AvaConsole.Tests.Support.OnnxModels;

/// <summary>An AttributeProto of onnx.proto3: field 1 is the name, field 20 the type, the value has a field per type.</summary>
internal sealed class OnnxAttribute
{
    private OnnxAttribute(ProtobufWriter proto) => Proto = proto;

    public ProtobufWriter Proto { get; }

    public static OnnxAttribute Float(string name, float value) => new(Start(name, type: 1).Float(2, value));

    public static OnnxAttribute Int(string name, long value) => new(Start(name, type: 2).Varint(3, value));

    public static OnnxAttribute Text(string name, string value) => new(Start(name, type: 3).Text(4, value));

    public static OnnxAttribute Graph(string name, OnnxGraphWriter value) => new(Start(name, type: 5).Message(6, value.ToProto()));

    public static OnnxAttribute Ints(string name, params ReadOnlySpan<long> values)
    {
        var proto = Start(name, type: 7);
        foreach (var value in values)
            proto.Varint(8, value);
        return new(proto);
    }

    private static ProtobufWriter Start(string name, int type) => new ProtobufWriter().Text(1, name).Varint(20, type);
}
