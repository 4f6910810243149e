namespace AvaConsole.Inference.Tensors;

/// <summary>Element types of tensors, as the Open Inference Protocol names them, and BF16, which it does not have and Triton adds.</summary>
public enum TensorType
{
    Bool,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Int8,
    Int16,
    Int32,
    Int64,
    Fp16,
    Fp32,
    Fp64,
    Bf16,

    /// <summary>Text, or any bytes; each element has a length of its own.</summary>
    Bytes,
}

public static class TensorTypes
{
    /// <summary>Bytes of one element; 0 for <see cref="TensorType.Bytes"/>.</summary>
    public static int SizeOf(TensorType type) => type switch
    {
        TensorType.Bool or TensorType.UInt8 or TensorType.Int8 => 1,
        TensorType.UInt16 or TensorType.Int16 or TensorType.Fp16 or TensorType.Bf16 => 2,
        TensorType.UInt32 or TensorType.Int32 or TensorType.Fp32 => 4,
        TensorType.UInt64 or TensorType.Int64 or TensorType.Fp64 => 8,
        _ => 0,
    };

    /// <summary>For example <c>FP32</c>; upper case, as the protocol writes it.</summary>
    public static string NameOf(TensorType type) => type.ToString().ToUpperInvariant();

    /// <returns>False where there is no such type; names are compared exactly.</returns>
    public static bool TryParse(string name, out TensorType type) =>
        Enum.TryParse(name, ignoreCase: true, out type) && NameOf(type) == name;
}
