using System.Runtime.InteropServices;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines;

/// <summary>Pixels to the model's numbers: <c>(pixel - mean) / std × scale</c>, in its layout and element type.</summary>
internal static class PictureTensor
{
    /// <param name="pixels">Interleaved bytes of the settings' size.</param>
    public static Tensor Create(ReadOnlySpan<byte> pixels, ClassificationSettings settings)
    {
        var data = new byte[pixels.Length * TensorTypes.SizeOf(settings.InputType)];
        switch (settings.InputType)
        {
            case TensorType.Fp32:
                Fill(pixels, MemoryMarshal.Cast<byte, float>(data.AsSpan()), settings, static value => value);
                break;
            case TensorType.Fp16:
                Fill(pixels, MemoryMarshal.Cast<byte, Half>(data.AsSpan()), settings, static value => (Half)value);
                break;
            default:
                Fill<byte>(pixels, data, settings, static value => (byte)Math.Clamp(MathF.Round(value), 0, 255));
                break;
        }

        return new Tensor(settings.InputName, settings.InputType, settings.InputShape) { Data = data };
    }

    private static void Fill<T>(ReadOnlySpan<byte> pixels, Span<T> target, ClassificationSettings settings, Func<float, T> convert)
    {
        var channels = settings.Picture.Channels;
        var plane = pixels.Length / channels;
        var values = new T[256];
        for (var channel = 0; channel < channels; channel++)
        {
            // A byte has 256 values: one table for each channel instead of arithmetic for each pixel.
            for (var value = 0; value < values.Length; value++)
            {
                values[value] = convert((value - settings.Mean[channel]) / settings.Std[channel] * settings.Scale);
            }

            var (start, step) = settings.Planar ? (channel * plane, 1) : (channel, channels);
            for (var pixel = 0; pixel < plane; pixel++)
            {
                target[start + (pixel * step)] = values[pixels[(pixel * channels) + channel]];
            }
        }
    }
}
