namespace AvaConsole.Inference.Tensors;

/// <summary>BF16: the upper half of a float's bits.</summary>
public static class BFloat16
{
    public static float ToSingle(ushort value) => BitConverter.UInt32BitsToSingle((uint)value << 16);

    /// <summary>To the nearest, ties to even; NaN stays NaN.</summary>
    public static ushort FromSingle(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : Round(bits);
    }

    /// <summary>The same from a float's bits, which are not those of NaN.</summary>
    public static ushort Round(uint bits) => (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
}
