using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>ONNX Runtime's words for types and ports, and ours.</summary>
internal static class OrtTypes
{
    /// <exception cref="UnsupportedPortException">Complex numbers, which nothing on the wire can carry.</exception>
    public static TensorType From(TensorElementType type, string port) => type switch
    {
        TensorElementType.Bool => TensorType.Bool,
        TensorElementType.UInt8 => TensorType.UInt8,
        TensorElementType.UInt16 => TensorType.UInt16,
        TensorElementType.UInt32 => TensorType.UInt32,
        TensorElementType.UInt64 => TensorType.UInt64,
        TensorElementType.Int8 => TensorType.Int8,
        TensorElementType.Int16 => TensorType.Int16,
        TensorElementType.Int32 => TensorType.Int32,
        TensorElementType.Int64 => TensorType.Int64,
        TensorElementType.Float16 => TensorType.Fp16,
        TensorElementType.Float => TensorType.Fp32,
        TensorElementType.Double => TensorType.Fp64,
        TensorElementType.BFloat16 => TensorType.Bf16,
        TensorElementType.String => TensorType.Bytes,
        _ => throw new UnsupportedPortException(port, type.ToString()),
    };

    public static TensorElementType To(TensorType type) => type switch
    {
        TensorType.Bool => TensorElementType.Bool,
        TensorType.UInt8 => TensorElementType.UInt8,
        TensorType.UInt16 => TensorElementType.UInt16,
        TensorType.UInt32 => TensorElementType.UInt32,
        TensorType.UInt64 => TensorElementType.UInt64,
        TensorType.Int8 => TensorElementType.Int8,
        TensorType.Int16 => TensorElementType.Int16,
        TensorType.Int32 => TensorElementType.Int32,
        TensorType.Int64 => TensorElementType.Int64,
        TensorType.Fp16 => TensorElementType.Float16,
        TensorType.Fp32 => TensorElementType.Float,
        TensorType.Fp64 => TensorElementType.Double,
        TensorType.Bf16 => TensorElementType.BFloat16,
        _ => TensorElementType.String,
    };

    /// <exception cref="UnsupportedPortException">It has a type that no request and no answer can carry.</exception>
    public static ModelSignature Signature(InferenceSession session) => new(
        [
            .. session.InputNames.Select(name => Port(name, session.InputMetadata[name], isOptional: false)),
            .. session.OverridableInitializerMetadata.Select(pair => Port(pair.Key, pair.Value, isOptional: true)),
        ],
        [.. session.OutputNames.Select(name => Port(name, session.OutputMetadata[name], isOptional: false))]);

    private static ModelPort Port(string name, NodeMetadata metadata, bool isOptional) => metadata.OnnxValueType switch
    {
        OnnxValueType.ONNX_TYPE_TENSOR => new ModelPort(
            name, PortKind.Tensor, From(metadata.ElementDataType, name), Array.ConvertAll(metadata.Dimensions, length => (long)length), isOptional),
        OnnxValueType.ONNX_TYPE_OPTIONAL => Port(name, metadata.AsOptionalMetadata().ElementMeta, isOptional: true),
        OnnxValueType.ONNX_TYPE_SEQUENCE => new ModelPort(name, PortKind.Sequence, Innermost(name, metadata), [], isOptional) { KeyType = Keys(name, metadata) },
        OnnxValueType.ONNX_TYPE_MAP => new ModelPort(name, PortKind.Map, Innermost(name, metadata), [], isOptional) { KeyType = Keys(name, metadata) },
        var kind => throw new UnsupportedPortException(name, kind.ToString()),
    };

    private static TensorType? Keys(string name, NodeMetadata metadata) => metadata.OnnxValueType switch
    {
        OnnxValueType.ONNX_TYPE_SEQUENCE => Keys(name, metadata.AsSequenceMetadata().ElementMeta),
        OnnxValueType.ONNX_TYPE_MAP => From(metadata.AsMapMetadata().KeyDataType, name),
        _ => null,
    };

    private static TensorType Innermost(string name, NodeMetadata metadata) => metadata.OnnxValueType switch
    {
        OnnxValueType.ONNX_TYPE_TENSOR => From(metadata.ElementDataType, name),
        OnnxValueType.ONNX_TYPE_SEQUENCE => Innermost(name, metadata.AsSequenceMetadata().ElementMeta),
        OnnxValueType.ONNX_TYPE_MAP => Innermost(name, metadata.AsMapMetadata().ValueMetadata),
        var kind => throw new UnsupportedPortException(name, kind.ToString()),
    };
}

/// <summary>An input or output of a type that no request and no answer can carry.</summary>
internal sealed class UnsupportedPortException(string port, string type) : Exception($"{port} is a {type}.")
{
    public string Port => port;

    public string Type => type;
}
