using System.Runtime.InteropServices;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>
/// Pixels to a tensor's elements: <c>(pixel - mean) / std × scale</c>. A byte has 256 values, so that each channel is one table, made once, and
/// each pixel one look into it; whatever the element type, an element is only so many bytes to copy.
/// </summary>
internal sealed class PixelWriter
{
    private const int Values = 256;

    private readonly TensorType _type;
    private readonly bool _planar;
    private readonly int _size;
    private readonly IReadOnlyList<float> _mean;
    private readonly IReadOnlyList<float> _std;
    private readonly float _scale;

    // For each channel of the tensor: its table, and which of the pixel's bytes it reads.
    private readonly byte[][] _tables;
    private readonly int[] _sources;

    /// <param name="mean">One for each channel of the tensor, in its order; as <paramref name="std"/>.</param>
    public PixelWriter(TensorType type, bool planar, PictureColor color, IReadOnlyList<float> mean, IReadOnlyList<float> std, float scale)
    {
        (_type, _planar, _mean, _std, _scale) = (type, planar, mean, std, scale);
        _size = TensorTypes.SizeOf(type);
        _sources = color switch { PictureColor.Grey => [0], PictureColor.Bgr => [2, 1, 0], _ => [0, 1, 2] };
        _tables = _sources.Select((_, channel) => MakeTable(type, mean[channel], std[channel], scale)).ToArray();
    }

    public int Channels => _sources.Length;

    /// <param name="pixels">Interleaved: grey, or red, green and blue.</param>
    public void Write(ReadOnlySpan<byte> pixels, Span<byte> target)
    {
        switch (_size)
        {
            case 1:
                Write<byte>(pixels, target);
                break;
            case 2:
                Write<ushort>(pixels, target);
                break;
            case 4:
                Write<uint>(pixels, target);
                break;
            default:
                Write<ulong>(pixels, target);
                break;
        }
    }

    /// <summary>The other way: elements to pixels, as near as a byte can say it.</summary>
    /// <param name="pixels">Interleaved: grey, or red, green and blue.</param>
    public void Read(ReadOnlySpan<byte> elements, Span<byte> pixels)
    {
        var plane = pixels.Length / Channels;
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var pixel = 0; pixel < plane; pixel++)
            {
                var element = TensorNumbers.At(_type, elements, _planar ? (channel * plane) + pixel : (pixel * Channels) + channel);
                var value = (element / _scale * _std[channel]) + _mean[channel];
                pixels[(pixel * Channels) + _sources[channel]] = (byte)Math.Clamp(Math.Round(value), 0, 255);
            }
        }
    }

    private void Write<T>(ReadOnlySpan<byte> pixels, Span<byte> target)
        where T : unmanaged
    {
        var elements = MemoryMarshal.Cast<byte, T>(target);
        var plane = pixels.Length / Channels;
        for (var channel = 0; channel < Channels; channel++)
        {
            var table = MemoryMarshal.Cast<byte, T>(_tables[channel]);
            if (_planar)
            {
                Look(table, pixels, _sources[channel], Channels, elements.Slice(channel * plane, plane));
            }
            else
            {
                LookApart(table, pixels, _sources[channel], Channels, elements, channel);
            }
        }
    }

    private static void Look<T>(ReadOnlySpan<T> table, ReadOnlySpan<byte> pixels, int source, int step, Span<T> target)
    {
        table = table[..Values];
        for (int index = 0, pixel = source; index < target.Length && pixel < pixels.Length; index++, pixel += step)
        {
            target[index] = table[pixels[pixel]];
        }
    }

    private static void LookApart<T>(ReadOnlySpan<T> table, ReadOnlySpan<byte> pixels, int source, int step, Span<T> target, int first)
    {
        table = table[..Values];
        for (int index = first, pixel = source; index < target.Length && pixel < pixels.Length; index += step, pixel += step)
        {
            target[index] = table[pixels[pixel]];
        }
    }

    private static byte[] MakeTable(TensorType type, float mean, float std, float scale)
    {
        Span<float> values = stackalloc float[Values];
        for (var value = 0; value < Values; value++)
        {
            values[value] = (value - mean) / std * scale;
        }

        var table = new byte[Values * TensorTypes.SizeOf(type)];
        Elements.Write(type, table, values);
        return table;
    }
}
