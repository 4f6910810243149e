using System.Text;

namespace AvaConsole.Inference.Operators;

/// <summary>Goes through a protobuf message field by field, without keeping what is not asked for.</summary>
/// <param name="stream">At the message's beginning; the caller's own.</param>
internal sealed class ProtobufReader(BufferedStream stream)
{
    private static readonly UTF8Encoding s_strict = new(false, true);

    public long Position { get; private set; }

    /// <summary>The next field's number, and how long its value is; null where the value was a number, which is read.</summary>
    /// <param name="end">Where the message ends.</param>
    /// <exception cref="InvalidDataException">It is no such message.</exception>
    public (int Field, long? Length) ReadField(long end)
    {
        var tag = ReadVarint();
        var field = (int)(tag >> 3);
        switch ((int)tag & 7)
        {
            case 0:
                ReadVarint();
                return (field, null);
            case 1:
                return (field, Bounded(sizeof(ulong), end));
            case 2:
                return (field, Bounded(ReadVarint(), end));
            case 5:
                return (field, Bounded(sizeof(uint), end));
            default:
                throw new InvalidDataException("No field begins so.");
        }
    }

    /// <exception cref="InvalidDataException">It is longer than <paramref name="most"/>.</exception>
    /// <exception cref="DecoderFallbackException">It is no UTF-8.</exception>
    public string ReadText(long length, int most)
    {
        if (length > most)
        {
            throw new InvalidDataException("A name is too long.");
        }

        var bytes = new byte[length];
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("It ends half way.");
        }

        Position += length;
        return s_strict.GetString(bytes);
    }

    public void Skip(long length)
    {
        if (length > 0)
        {
            stream.Seek(length, SeekOrigin.Current);
            Position += length;
        }
    }

    private long Bounded(ulong length, long end) =>
        length <= (ulong)(end - Position) ? (long)length : throw new InvalidDataException("A value is longer than what holds it.");

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0)
            {
                throw new InvalidDataException("It ends half way.");
            }

            Position++;
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number is too long.");
    }
}
