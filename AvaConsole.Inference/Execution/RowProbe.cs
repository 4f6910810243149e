using System.Runtime.InteropServices;
using AvaConsole.Inference.Batching;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.Execution;

/// <summary>
/// Finds out whether a model keeps rows apart. A dynamic first dimension promises that, but does not prove it: a recurrent state may
/// carry its rows elsewhere, and a mean over the batch mixes them.
/// </summary>
internal sealed class RowProbe(OrtModel model, CancellationToken ct)
{
    // Tried in turn for lengths that are open; a convolution may need many pixels, a lookup takes any length.
    private static readonly int[] s_lengths = [16, 1, 64, 224];

    public static bool HasDynamicBatch(ModelSignature signature) =>
        signature.Inputs.Count > 0
        && signature.Inputs.All(port => port is { Kind: PortKind.Tensor, IsOptional: false, Shape: [-1, ..] })
        && signature.Outputs.All(port => port.Kind == PortKind.Sequence || port is { Kind: PortKind.Tensor, Shape: [-1, ..] });

    /// <param name="samples">Two different requests of one row; empty to make them up.</param>
    /// <returns>Whether rows may share runs, and one request that runs; null where none was found.</returns>
    public (bool Batchable, TensorRequest? Sample) Run(IReadOnlyList<TensorRequest> samples)
    {
        foreach (var pair in samples.Count >= 2 ? [samples] : MakeUp())
        {
            if (TryRun([pair[0]]) is { } first)
            {
                return (HasDynamicBatch(model.Signature) && TryRun([pair[1]]) is { } second && GiveTheSame(pair, [first[0], second[0]]), pair[0]);
            }
        }

        return (false, null);
    }

    private IEnumerable<IReadOnlyList<TensorRequest>> MakeUp()
    {
        var required = model.Signature.Inputs.Where(port => !port.IsOptional).ToList();
        if (required.Exists(port => port.Kind != PortKind.Tensor))
        {
            return [];
        }

        var isOpen = required.Exists(port => port.Shape.Skip(1).Contains(-1));
        return s_lengths.Take(isOpen ? s_lengths.Length : 1).Select(length => new[] { MadeUpTensors.Create(required, length, 1), MadeUpTensors.Create(required, length, 7) });
    }

    private bool GiveTheSame(IReadOnlyList<TensorRequest> pair, List<IReadOnlyList<ModelValue>> alone)
    {
        if (!RowShape.Of(pair[0]).CanJoin(RowShape.Of(pair[1])))
        {
            return false;
        }

        return TryRun(pair) is { } together
            && together.Zip(alone).All(request => request.First.Zip(request.Second).All(values => ValueComparer.AreClose(values.First, values.Second)));
    }

    /// <summary>Copies of the outputs of each request; null where the model does not take them.</summary>
    private List<IReadOnlyList<ModelValue>>? TryRun(IReadOnlyList<TensorRequest> requests)
    {
        using var stop = new RunStop(ct);
        try
        {
            var result = stop.Guard(() => model.Run(requests, wide: true, 0, stop.Options));
            return result.Requests.Select(Copy).ToList();
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or RowsMixedException)
        {
            return null;
        }
    }

    private static IReadOnlyList<ModelValue> Copy(RequestOutputs outputs)
    {
        using (outputs.Memory)
        {
            return [.. outputs.Values.Select(value => value is Tensor tensor ? tensor with { Data = tensor.Data.ToArray() } : value)];
        }
    }
}

/// <summary>Values that are the same but for the last bits: a batch is not computed in the order of a single row.</summary>
internal static class ValueComparer
{
    private const float Tolerance = 1e-4f;
    private const float CoarseTolerance = 2e-2f;

    public static bool AreClose(ModelValue first, ModelValue second) => (first, second) switch
    {
        (Tensor one, Tensor other) => one.Type == other.Type && one.Shape.SequenceEqual(other.Shape) && AreClose(one, other),
        (SequenceValue one, SequenceValue other) =>
            one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => AreClose(pair.First, pair.Second)),
        (MapValue one, MapValue other) => AreClose((ModelValue)one.Keys, other.Keys) && AreClose((ModelValue)one.Values, other.Values),
        _ => false,
    };

    private static bool AreClose(Tensor first, Tensor second)
    {
        if (first.Type == TensorType.Bytes)
        {
            return first.Texts.Count == second.Texts.Count && first.Texts.Zip(second.Texts).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));
        }

        if (!TensorNumbers.IsFloating(first.Type))
        {
            return first.Data.Span.SequenceEqual(second.Data.Span);
        }

        // Relative to the largest number: small ones beside it are what is left of large ones.
        var (one, other) = (first.ToFloats(), second.ToFloats());
        var largest = one.Select(Math.Abs).Where(float.IsFinite).Append(1e-6f).Max();
        var tolerance = largest * (first.Type is TensorType.Fp16 or TensorType.Bf16 ? CoarseTolerance : Tolerance);
        return one.Zip(other).All(pair => pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= tolerance);
    }
}

/// <summary>Tensors that any model of these inputs should take, of one row.</summary>
internal static class MadeUpTensors
{
    private const int Cycle = 17;

    /// <param name="open">Length of the dimensions that each request chooses.</param>
    /// <param name="step">Two different ones give two different rows.</param>
    public static TensorRequest Create(IEnumerable<ModelPort> ports, int open, int step) => new([.. ports.Select(port => Create(port, open, step))], []);

    private static Tensor Create(ModelPort port, int open, int step)
    {
        long[] shape = [.. port.Shape.Select((length, dimension) => length >= 0 ? length : dimension == 0 ? 1 : open)];
        var count = checked((int)shape.Aggregate(1L, (product, length) => checked(product * length)));
        var tensor = new Tensor(port.Name, port.Type, shape);
        return port.Type switch
        {
            // Digits, because some models read numbers from text.
            TensorType.Bytes => tensor with { Texts = [.. Enumerable.Range(0, count).Select(index => (ReadOnlyMemory<byte>)new[] { (byte)('0' + (index * step % 2)) })] },
            TensorType.Fp32 => tensor with { Data = Fill(count, index => Fraction(index, step)) },
            TensorType.Fp64 => tensor with { Data = Fill(count, index => (double)Fraction(index, step)) },
            TensorType.Fp16 => tensor with { Data = Fill(count, index => (Half)Fraction(index, step)) },
            TensorType.Bf16 => tensor with { Data = Fill(count, index => (ushort)(BitConverter.SingleToUInt32Bits(Fraction(index, step)) >> 16)) },
            _ => tensor with { Data = Integers(count, TensorTypes.SizeOf(port.Type), step) },
        };
    }

    private static float Fraction(int index, int step) => (index + 1) * step % Cycle / (float)Cycle;

    /// <summary>Ones and zeros, little-endian: words of any vocabulary, and both truth values.</summary>
    private static byte[] Integers(int count, int size, int step)
    {
        var bytes = new byte[checked(count * size)];
        for (var index = 0; index < count; index++)
        {
            bytes[index * size] = (byte)((index + step) % Cycle % 2);
        }

        return bytes;
    }

    private static byte[] Fill<T>(int count, Func<int, T> value)
        where T : unmanaged
    {
        var values = new T[count];
        for (var index = 0; index < count; index++)
        {
            values[index] = value(index);
        }

        return MemoryMarshal.AsBytes<T>(values).ToArray();
    }
}
