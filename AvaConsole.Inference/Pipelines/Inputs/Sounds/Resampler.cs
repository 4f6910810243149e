using System.Numerics;

namespace AvaConsole.Inference.Pipelines.Inputs.Sounds;

/// <summary>
/// Brings samples to another rate by a windowed sinc: what lies above half of the lower rate is taken out, so that it does not come back as a
/// tone that was never there. For one file; not for several threads.
/// </summary>
internal sealed class Resampler
{
    // Zero crossings of the sinc on each side: about 70 dB.
    private const int Crossings = 16;
    private const int MaxPhases = 4096;

    private readonly int _to;
    private readonly int _from;
    private readonly double _cutoff;
    private readonly int _half;
    private readonly float[]?[] _phases;

    public Resampler(int from, int to)
    {
        var divisor = Gcd(from, to);
        (_from, _to) = (from / divisor, to / divisor);
        _cutoff = Math.Min(1, (double)to / from);
        _half = (int)Math.Ceiling(Crossings / _cutoff);
        _phases = new float[]?[Math.Min(_to, MaxPhases)];
    }

    /// <summary>Samples that a file of so many becomes.</summary>
    public long LengthOf(long samples) => ((samples * _to) + _from - 1) / _from;

    /// <param name="target">As many as are wanted, from the first on.</param>
    public void Resample(ReadOnlySpan<float> source, Span<float> target)
    {
        for (var index = 0; index < target.Length; index++)
        {
            // The place in the source is whole + phase / to.
            var place = (long)index * _from;
            var (whole, part) = Math.DivRem(place, _to);
            var weights = Weights((int)(part * _phases.Length / _to));
            target[index] = Sum(source, (int)whole - _half + 1, weights);
        }
    }

    private static float Sum(ReadOnlySpan<float> source, int first, ReadOnlySpan<float> weights)
    {
        // Before its first and after its last sample there is silence.
        var skip = Math.Max(0, -first);
        var count = Math.Min(weights.Length, source.Length - first) - skip;
        return count <= 0 ? 0 : Dot(source.Slice(first + skip, count), weights.Slice(skip, count));
    }

    private static float Dot(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var lanes = Vector<float>.Count;
        var sums = Vector<float>.Zero;
        var index = 0;
        for (; index + lanes <= first.Length; index += lanes)
        {
            sums += new Vector<float>(first[index..]) * new Vector<float>(second[index..]);
        }

        var sum = Vector.Sum(sums);
        for (; index < first.Length; index++)
        {
            sum += first[index] * second[index];
        }

        return sum;
    }

    private float[] Weights(int phase)
    {
        if (_phases[phase] is { } known)
        {
            return known;
        }

        var weights = new float[2 * _half];
        var offset = (double)phase / _phases.Length;
        var sum = 0.0;
        for (var index = 0; index < weights.Length; index++)
        {
            var distance = index - _half + 1 - offset;
            var window = Math.Abs(distance) >= _half ? 0 : 0.5 + (0.5 * Math.Cos(Math.PI * distance / _half));
            weights[index] = (float)(_cutoff * Sinc(_cutoff * distance) * window);
            sum += weights[index];
        }

        // A constant stays what it is.
        for (var index = 0; index < weights.Length; index++)
        {
            weights[index] = (float)(weights[index] / sum);
        }

        return _phases[phase] = weights;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static int Gcd(int first, int second) => second == 0 ? first : Gcd(second, first % second);
}
