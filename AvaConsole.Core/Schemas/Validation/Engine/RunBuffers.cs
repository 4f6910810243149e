using System.Text;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>Arrays that a run works in. One per thread is kept, so that a run allocates nothing.</summary>
internal sealed class RunBuffers
{
    private const int MaxKept = 1 << 16;

    [ThreadStatic]
    private static RunBuffers? s_spare;

    private byte[] _bytes = new byte[256];
    private char[] _chars = new char[256];

    public JsonBuffer Json { get; } = new();

    /// <summary>Stack of bit sets: which members have been looked at.</summary>
    public ulong[] Bits { get; set; } = new ulong[64];

    /// <summary>Stack of schema documents.</summary>
    public int[] Scope { get; set; } = new int[32];

    /// <summary>Hash table of <see cref="ArrayRules"/>.</summary>
    public int[] Slots { get; set; } = new int[64];

    /// <summary>Taken from the thread: a run inside a run gets another.</summary>
    public static RunBuffers Rent()
    {
        var spare = s_spare ?? new RunBuffers();
        s_spare = null;
        return spare;
    }

    public void Return()
    {
        Json.Trim();
        if (_bytes.Length > MaxKept)
        {
            (_bytes, _chars) = (new byte[256], new char[256]);
        }

        if (Bits.Length > MaxKept || Slots.Length > MaxKept)
        {
            (Bits, Slots) = (new ulong[64], new int[64]);
        }

        s_spare = this;
    }

    public ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text)
    {
        if (_bytes.Length < text.Length)
        {
            _bytes = new byte[text.Length * 2];
        }

        return _bytes.AsSpan(0, JsonText.Unescape(text, _bytes));
    }

    /// <summary>The text as UTF-16. It stays only until the next call.</summary>
    public ReadOnlySpan<char> Chars(ReadOnlySpan<byte> text)
    {
        if (_chars.Length < text.Length)
        {
            _chars = new char[text.Length * 2];
        }

        return _chars.AsSpan(0, Encoding.UTF8.GetChars(text, _chars));
    }
}
