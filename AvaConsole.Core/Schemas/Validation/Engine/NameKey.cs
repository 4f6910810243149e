using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AvaConsole.Core.Schemas.Validation.Json;

namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>
/// A name that a schema lists, ready to be compared with names of a document. Most are of 1 to 16 bytes: two words say all about those, and
/// comparing them in place costs a fraction of a call that compares bytes.
/// </summary>
internal readonly struct NameKey
{
    private const int Word = sizeof(ulong);

    private readonly byte[] _bytes;
    private readonly int _length;
    private readonly ulong _first;
    private readonly ulong _mask;
    private readonly ulong _last;

    public NameKey(byte[] bytes)
    {
        (_bytes, _length) = (bytes, bytes.Length);
        Span<byte> padded = stackalloc byte[Word];
        bytes.AsSpan(0, Math.Min(Word, bytes.Length)).CopyTo(padded);
        _first = MemoryMarshal.Read<ulong>(padded);
        padded.Clear();
        padded[..Math.Min(Word, bytes.Length)].Fill(byte.MaxValue);
        _mask = MemoryMarshal.Read<ulong>(padded);
        _last = bytes.Length > Word ? MemoryMarshal.Read<ulong>(bytes.AsSpan(bytes.Length - Word)) : 0;
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <param name="text">The document.</param>
    /// <param name="name">A name, or a string, in it; none with an escape is found.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(ReadOnlySpan<byte> text, in JsonRow name)
    {
        if (name.Length != _length || name.IsEscaped)
        {
            return false;
        }

        // Behind a name come more bytes of the document: only at its very end there may be too few for a word.
        var rest = text[name.Start..];
        return rest.Length < Word
            ? rest[.._length].SequenceEqual(_bytes)
            : ((MemoryMarshal.Read<ulong>(rest) ^ _first) & _mask) == 0 && (_length <= Word || IsRest(rest[.._length]));
    }

    private bool IsRest(ReadOnlySpan<byte> name) =>
        MemoryMarshal.Read<ulong>(name[^Word..]) == _last && (name.Length <= Word + Word || name.SequenceEqual(_bytes));
}
