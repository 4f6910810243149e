using System.Buffers.Binary;

namespace AvaConsole.Tests.Inference.Pipelines.Inputs;

/// <summary>Writes WAV files.</summary>
internal static class Wav
{
    /// <param name="samples">-1 to 1, frame by frame.</param>
    public static byte[] Write(int rate, int channels, int bits, bool isFloat, IReadOnlyList<double> samples, bool extensible = false)
    {
        var size = bits / 8;
        var data = new byte[samples.Count * size];
        for (var index = 0; index < samples.Count; index++)
        {
            var place = data.AsSpan(index * size, size);
            switch (bits)
            {
                case 8:
                    place[0] = (byte)Math.Clamp(Math.Round(samples[index] * 128) + 128, 0, 255);
                    break;
                case 32 when isFloat:
                    BinaryPrimitives.WriteSingleLittleEndian(place, (float)samples[index]);
                    break;
                case 64:
                    BinaryPrimitives.WriteDoubleLittleEndian(place, samples[index]);
                    break;
                default:
                    var whole = (long)Math.Clamp(Math.Round(samples[index] * (1L << (bits - 1))), -(1L << (bits - 1)), (1L << (bits - 1)) - 1);
                    BitConverter.GetBytes(whole).AsSpan(0, size).CopyTo(place);
                    break;
            }
        }

        var format = new byte[extensible ? 40 : 16];
        BinaryPrimitives.WriteUInt16LittleEndian(format, (ushort)(extensible ? 0xFFFE : isFloat ? 3 : 1));
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), rate);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(8), rate * channels * size);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(12), (ushort)(channels * size));
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(14), (ushort)bits);
        if (extensible)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(16), 22);
            BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(24), (ushort)(isFloat ? 3 : 1));
        }

        // An odd chunk that nobody needs to know stands before the samples.
        byte[] chunks = [.. "WAVE"u8, .. Chunk("fmt ", format), .. Chunk("LIST", [1, 2, 3]), .. Chunk("data", data)];
        return Chunk("RIFF", chunks);
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. System.Text.Encoding.ASCII.GetBytes(name), .. length, .. content, .. new byte[content.Length & 1]];
    }
}
