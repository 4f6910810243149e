using System.Buffers;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Pipelines.Inputs.Sounds;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>A WAV file to one row of samples, or to one for each channel.</summary>
/// <param name="length">Samples in the tensor; null: the file's.</param>
/// <param name="scale">What a sample of 1 becomes.</param>
internal sealed class AudioInputPart(AudioInput description, ModelPort port, int? length, float scale) : IInputPart
{
    public string Entry => PayloadEntry.NameOf(description, port.Name);

    private const int MaxBytes = 64 << 20;
    private const float UsualMaxSeconds = 120;
    private const int SampleLength = 16_000;

    public Error? Prepare(InferenceRequest request, InputBuilder builder)
    {
        var entry = PayloadEntry.Find(request, description, port.Name);
        if (!entry.IsSuccess)
        {
            return entry.Error;
        }

        var (name, bytes) = entry.Value;
        var file = bytes.Span;
        var opened = Open(name, file);
        if (opened.IsSuccess)
        {
            Add(opened.Value, file, builder);
        }

        return opened.Error;
    }

    public void MakeSample(int seed, InputBuilder builder)
    {
        var samples = new float[length ?? SampleLength];
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] = MathF.Sin(index * (seed + 1) * 0.05f) * scale / 2;
        }

        var rows = description.Channels == AudioChannels.All && port.Shape is [_, > 0, _] ? (int)port.Shape[1] : 1;
        var target = builder.Add(port.Name, port.Type, ShapeOf(rows, samples.Length));
        for (var row = 0; row < rows; row++)
        {
            Elements.Write(port.Type, target.Slice(row * target.Length / rows, target.Length / rows), samples);
        }
    }

    private Result<WavFile> Open(string name, ReadOnlySpan<byte> file)
    {
        if (file.Length > MaxBytes)
        {
            return new InvalidError(name, "payload.audio_too_many_bytes", file.Length, MaxBytes >> 20);
        }

        if (!WavFile.IsWav(file))
        {
            return new InvalidError(name, "payload.audio_not_wav");
        }

        if (WavFile.TryReadHeader(file) is not { } wav)
        {
            return new InvalidError(name, "payload.audio_coding");
        }

        var seconds = (double)wav.Frames / wav.Rate;
        if (seconds > (description.MaxSeconds ?? UsualMaxSeconds))
        {
            return new InvalidError(name, "payload.audio_too_long", Math.Round(seconds, 1), description.MaxSeconds ?? UsualMaxSeconds);
        }

        if (!wav.IsComplete(file))
        {
            return new InvalidError(name, "payload.audio_truncated");
        }

        return description.Channels == AudioChannels.All && port.Shape is [_, > 0, _] && port.Shape[1] != wav.Channels
            ? new InvalidError(name, "payload.audio_channels", wav.Channels, port.Shape[1])
            : wav;
    }

    private void Add(WavFile wav, ReadOnlySpan<byte> file, InputBuilder builder)
    {
        var resampler = description.Rate is { } rate && rate != wav.Rate ? new Resampler(wav.Rate, rate) : null;
        var available = resampler?.LengthOf(wav.Frames) ?? wav.Frames;
        var samples = length ?? checked((int)available);
        var rows = description.Channels == AudioChannels.All ? wav.Channels : 1;
        var target = builder.Add(port.Name, port.Type, ShapeOf(rows, samples));
        var source = ArrayPool<float>.Shared.Rent(wav.Frames);
        var row = ArrayPool<float>.Shared.Rent(samples);
        try
        {
            for (var channel = 0; channel < rows; channel++)
            {
                Read(wav, file, channel, source.AsSpan(0, wav.Frames));
                var given = row.AsSpan(0, (int)Math.Min(available, samples));
                row.AsSpan(given.Length, samples - given.Length).Clear();
                if (resampler is null)
                {
                    source.AsSpan(0, given.Length).CopyTo(given);
                }
                else
                {
                    resampler.Resample(source.AsSpan(0, wav.Frames), given);
                }

                Scale(given);
                Elements.Write(port.Type, target.Slice(channel * target.Length / rows, target.Length / rows), row.AsSpan(0, samples));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(source);
            ArrayPool<float>.Shared.Return(row);
        }
    }

    private void Read(WavFile wav, ReadOnlySpan<byte> file, int channel, Span<float> target)
    {
        wav.Read(file, channel, target);
        if ((description.Channels ?? AudioChannels.Mono) != AudioChannels.Mono || wav.Channels == 1)
        {
            return;
        }

        var other = ArrayPool<float>.Shared.Rent(target.Length);
        for (var next = 1; next < wav.Channels; next++)
        {
            wav.Read(file, next, other.AsSpan(0, target.Length));
            for (var index = 0; index < target.Length; index++)
            {
                target[index] += other[index];
            }
        }

        ArrayPool<float>.Shared.Return(other);
        for (var index = 0; index < target.Length; index++)
        {
            target[index] /= wav.Channels;
        }
    }

    private void Scale(Span<float> samples)
    {
        if (scale != 1)
        {
            for (var index = 0; index < samples.Length; index++)
            {
                samples[index] *= scale;
            }
        }
    }

    private long[] ShapeOf(int rows, int samples) => port.Shape.Count switch
    {
        1 => [samples],
        2 => [1, samples],
        _ => [1, rows, samples],
    };
}
