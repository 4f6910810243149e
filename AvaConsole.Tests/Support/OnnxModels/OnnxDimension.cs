namespace AvaConsole.Tests.Support.OnnxModels;

/// <summary>One dimension of a shape: a fixed size (<c>28</c>) or a name for any size (<c>"N"</c>).</summary>
internal readonly record struct OnnxDimension(long? Size, string? Name)
{
    public static implicit operator OnnxDimension(long size) => new(size, null);

    public static implicit operator OnnxDimension(string name) => new(null, name);

    public ProtobufWriter ToProto() => Size is { } size ? new ProtobufWriter().Varint(1, size) : new ProtobufWriter().Text(2, Name ?? "");
}

/// <summary>The element types of onnx.proto3's TensorProto that the tests use.</summary>
internal enum OnnxType
{
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Bool = 9,
    Float16 = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
    Complex64 = 14,
    BFloat16 = 16,
}
