using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AvaConsole.Tests.Support.OnnxModels;

/// <summary>The four wire forms of protobuf that an ONNX file needs: varint, 32-bit, bytes and nested message.</summary>
internal sealed class ProtobufWriter
{
    private const int VarintType = 0;
    private const int LengthDelimitedType = 2;
    private const int Fixed32Type = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ProtobufWriter Varint(int field, long value)
    {
        Tag(field, VarintType);
        Raw((ulong)value);
        return this;
    }

    public ProtobufWriter Float(int field, float value)
    {
        Span<byte> fixed32 = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(fixed32, value);
        Tag(field, Fixed32Type);
        _bytes.Write(fixed32);
        return this;
    }

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthDelimitedType);
        Raw((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

    public ProtobufWriter Messages(int field, IEnumerable<ProtobufWriter> messages)
    {
        foreach (var message in messages)
            Message(field, message);
        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void Tag(int field, int wireType) => Raw((ulong)(field << 3 | wireType));

    private void Raw(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Write([(byte)(value | 0x80)]);
            value >>= 7;
        }

        _bytes.Write([(byte)value]);
    }
}
