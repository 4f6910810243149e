using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AvaConsole.Inference.Pipelines.Inputs.Sounds;

/// <summary>
/// Reads WAV files (RIFF) of PCM with 8, 16, 24 and 32 bits and of floats with 32 and 64 bits, plain or "extensible". Nothing is decoded before
/// the header was read.
/// </summary>
internal sealed class WavFile
{
    private const int Pcm = 1;
    private const int Float = 3;
    private const int Extensible = 0xFFFE;
    private const int MaxChannels = 64;

    private int _format;
    private int _bits;
    private int _start;

    /// <summary>Samples for each second and channel.</summary>
    public int Rate { get; private set; }

    public int Channels { get; private set; }

    /// <summary>Samples of each channel.</summary>
    public int Frames { get; private set; }

    private int FrameSize => Channels * (_bits / 8);

    public static bool IsWav(ReadOnlySpan<byte> file) => file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WAVE"u8);

    /// <summary>Null where it holds another coding, or its header makes no sense.</summary>
    /// <param name="file">What <see cref="IsWav"/> is true of.</param>
    public static WavFile? TryReadHeader(ReadOnlySpan<byte> file)
    {
        var wav = new WavFile();
        for (long place = 12; place + 8 <= file.Length;)
        {
            var chunk = file[(int)place..];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("fmt "u8) && !wav.TryReadFormat(chunk[8..(int)Math.Min(chunk.Length, 8L + length)]))
            {
                return null;
            }

            if (chunk.StartsWith("data"u8))
            {
                // Writers that stream leave the length at 0 or at its largest; then the data goes on to the file's end.
                var available = file.Length - place - 8;
                var size = length is 0 or uint.MaxValue ? available : length;
                wav._start = (int)place + 8;
                wav.Frames = wav.Rate == 0 ? 0 : (int)(size / wav.FrameSize);
                return wav is { Rate: > 0, Frames: > 0 } ? wav : null;
            }

            place += 8 + length + (length & 1); // Chunks begin at even places.
        }

        return null;
    }

    /// <summary>Whether the file goes on for as long as its header says.</summary>
    public bool IsComplete(ReadOnlySpan<byte> file) => _start + ((long)Frames * FrameSize) <= file.Length;

    /// <summary>Samples from -1 to 1 of one channel.</summary>
    /// <param name="target">As many as are wanted, from the first on.</param>
    public void Read(ReadOnlySpan<byte> file, int channel, Span<float> target)
    {
        var samples = file[(_start + (channel * (_bits / 8)))..];
        var step = FrameSize;
        for (int frame = 0, place = 0; frame < target.Length; frame++, place += step)
        {
            var sample = samples[place..];
            target[frame] = (_format, _bits) switch
            {
                (Pcm, 8) => (sample[0] - 128) / 128f,
                (Pcm, 16) => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f,
                (Pcm, 24) => ((sample[0] << 8) | (sample[1] << 16) | (sample[2] << 24)) / 2147483648f,
                (Pcm, _) => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648f,
                (_, 32) => Finite(MemoryMarshal.Read<float>(sample)),
                _ => Finite((float)MemoryMarshal.Read<double>(sample)),
            };
        }
    }

    private static float Finite(float value) => float.IsFinite(value) ? value : 0;

    // Coding, channels, rate, bytes for each second, bytes for each frame, bits; "extensible" has its coding in a GUID further on.
    private bool TryReadFormat(ReadOnlySpan<byte> format)
    {
        if (format.Length < 16)
        {
            return false;
        }

        _format = BinaryPrimitives.ReadUInt16LittleEndian(format);
        Channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        Rate = rate is >= 1000 and <= 384_000 ? (int)rate : 0;
        _bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (_format == Extensible && format.Length >= 26)
        {
            _format = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        }

        return Rate > 0 && Channels is >= 1 and <= MaxChannels
            && (_format, _bits) is (Pcm, 8 or 16 or 24 or 32) or (Float, 32 or 64)
            && BinaryPrimitives.ReadUInt16LittleEndian(format[12..]) == FrameSize;
    }
}
