using System.Runtime.InteropServices;

namespace AvaConsole.Core.Schemas.Validation.Json;

/// <summary>What a JSON value is. The numbers are bits of <see cref="TypeMask"/>.</summary>
internal enum JsonKind
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

/// <summary>Kinds that a schema allows, one bit each.</summary>
[Flags]
internal enum TypeMask
{
    None = 0,
    Null = 1 << JsonKind.Null,
    Boolean = (1 << JsonKind.False) | (1 << JsonKind.True),
    Number = 1 << JsonKind.Number,
    String = 1 << JsonKind.String,
    Array = 1 << JsonKind.Array,
    Object = 1 << JsonKind.Object,
    All = (1 << 7) - 1,

    /// <summary>Numbers without a fraction; meaningful where <see cref="Number"/> is not set.</summary>
    Integer = 1 << 7,
}

/// <summary>
/// One value, or one member's name, of a parsed document. Rows follow the text: a container is followed by what it holds, a name by its value.
/// So a value is known by the index of its row alone, and its path is found from there when a problem has to be told.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct JsonRow
{
    private const int KindBits = 15;
    private const int EscapedBit = 16;
    private const int PlainBit = 32;
    private const int PointBit = 64;
    private const int TypeShift = 8;

    private int _bits;

    /// <summary>First byte of the text: behind the quotation mark of a string, the bracket of a container.</summary>
    public int Start;

    /// <summary>Bytes of a scalar's text; members or elements of a container.</summary>
    public int Length;

    /// <summary>Index of the row behind this value and all that it holds.</summary>
    public int Next;

    public readonly JsonKind Kind => (JsonKind)(_bits & KindBits);

    /// <summary>As bits of <see cref="TypeMask"/>: a plain whole number is a number and an integer.</summary>
    public readonly int Types => _bits >> TypeShift;

    /// <summary>The string holds a backslash.</summary>
    public readonly bool IsEscaped => (_bits & EscapedBit) != 0;

    /// <summary>The number has neither fraction nor exponent.</summary>
    public readonly bool IsPlainInteger => (_bits & PlainBit) != 0;

    /// <summary>The number has no exponent.</summary>
    public readonly bool IsPlainDecimal => (_bits & (PlainBit | PointBit)) != 0;

    public static JsonRow Scalar(JsonKind kind, int start, int length, int index) => new() { _bits = (int)kind | (1 << ((int)kind + TypeShift)), Start = start, Length = length, Next = index + 1 };

    public static JsonRow Text(int start, int length, bool escaped, int index) =>
        new() { _bits = (int)JsonKind.String | ((int)TypeMask.String << TypeShift) | (escaped ? EscapedBit : 0), Start = start, Length = length, Next = index + 1 };

    public static JsonRow Number(int start, int length, bool hasPoint, bool hasExponent, int index)
    {
        var form = hasExponent ? 0 : hasPoint ? PointBit : PlainBit | ((int)TypeMask.Integer << TypeShift);
        return new() { _bits = (int)JsonKind.Number | ((int)TypeMask.Number << TypeShift) | form, Start = start, Length = length, Next = index + 1 };
    }
}

/// <summary>A parsed document's bytes and rows.</summary>
internal readonly ref struct JsonView(ReadOnlySpan<byte> text, ReadOnlySpan<JsonRow> rows)
{
    public readonly ReadOnlySpan<byte> Text = text;
    public readonly ReadOnlySpan<JsonRow> Rows = rows;

    /// <summary>The bytes of a scalar as they stand, escapes included.</summary>
    public ReadOnlySpan<byte> Raw(int row) => Text.Slice(Rows[row].Start, Rows[row].Length);
}
