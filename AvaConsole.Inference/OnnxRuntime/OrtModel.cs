using System.Buffers;
using AvaConsole.Core.Releases;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>One input or output of a model.</summary>
/// <param name="Name">The model's name for it.</param>
/// <param name="Type">Element type; meaningless where <paramref name="IsTensor"/> is false.</param>
/// <param name="Shape">With the batch dimension; -1 where it is dynamic.</param>
/// <param name="IsTensor">False for sequences and maps.</param>
internal sealed record ModelPort(string Name, TensorElementType Type, IReadOnlyList<long> Shape, bool IsTensor)
{
    /// <summary>Can be an array of bytes: a tensor of anything but text.</summary>
    public bool IsPlain => IsTensor && TensorTypes.Size(Type) > 0;

    public TensorInfo ToInfo() => new(Name, IsTensor ? TensorTypes.Name(Type) : "SEQUENCE", Shape);
}

/// <summary>
/// A loaded model. Runs from any number of threads. Ending the native session while a run is in flight would end the process, so
/// that disposing waits for the runs and lets no new one in.
/// </summary>
internal sealed class OrtModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly object _gate = new();
    private int _runs;
    private bool _disposed;

    public OrtModel(InferenceSession session)
    {
        _session = session;
        Inputs = Ports(session.InputNames, session.InputMetadata);
        Outputs = Ports(session.OutputNames, session.OutputMetadata);
    }

    public IReadOnlyList<ModelPort> Inputs { get; }

    public IReadOnlyList<ModelPort> Outputs { get; }

    /// <summary>Every plain tensor has a dynamic first dimension; whether rows may share a run is shown only by running them.</summary>
    public bool HasDynamicBatch => Inputs.Concat(Outputs).All(port => port is { IsTensor: true, Shape: [-1, ..] });

    /// <summary>Runs rows together and gives each its outputs.</summary>
    /// <param name="rows">For each row one tensor for each input.</param>
    /// <param name="outputs">Names of the wanted outputs, plain tensors all.</param>
    /// <param name="options">Its <c>Terminate</c> ends the run early.</param>
    /// <exception cref="OnnxRuntimeException">The model failed, or was terminated.</exception>
    /// <exception cref="RowsMixedException">An output does not have one part for each row.</exception>
    public IReadOnlyList<IReadOnlyList<RowTensor>> Run(IReadOnlyList<IReadOnlyList<RowTensor>> rows, IReadOnlyList<string> outputs, RunOptions options)
    {
        Enter();
        try
        {
            var names = rows[0].Select(tensor => tensor.Name).ToList();
            using var inputs = new StackedInputs(rows);
            using var results = _session.Run(options, names, inputs.Values, outputs);
            return Split(outputs, results, rows.Count);
        }
        finally
        {
            Exit();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            while (_runs > 0)
            {
                Monitor.Wait(_gate);
            }
        }

        _session.Dispose();
    }

    private void Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _runs++;
        }
    }

    private void Exit()
    {
        lock (_gate)
        {
            _runs--;
            Monitor.PulseAll(_gate);
        }
    }

    private static List<IReadOnlyList<RowTensor>> Split(IReadOnlyList<string> names, IReadOnlyList<OrtValue> values, int rows)
    {
        var split = Enumerable.Range(0, rows).Select(_ => new RowTensor[names.Count]).ToList();
        for (var output = 0; output < names.Count; output++)
        {
            var info = values[output].GetTensorTypeAndShape();
            var shape = info.Shape;
            var stacked = shape.Length > 0 && shape[0] == rows;
            if (!stacked && rows > 1)
            {
                throw new RowsMixedException(names[output]);
            }

            var bytes = values[output].GetTensorMutableRawData();
            var length = bytes.Length / rows;
            for (var row = 0; row < rows; row++)
            {
                split[row][output] = new RowTensor(names[output], info.ElementDataType, stacked ? shape[1..] : shape, bytes.Slice(row * length, length).ToArray());
            }
        }

        return [.. split];
    }

    private static List<ModelPort> Ports(IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata) => names
        .Select(name => metadata[name].IsTensor
            ? new ModelPort(name, metadata[name].ElementDataType, Array.ConvertAll(metadata[name].Dimensions, length => (long)length), true)
            : new ModelPort(name, default, [], false))
        .ToList();

    /// <summary>The rows of each input, one after the other in one pinned buffer.</summary>
    private sealed class StackedInputs : IDisposable
    {
        private readonly List<(byte[] Buffer, MemoryHandle Pin)> _buffers = [];
        private readonly List<OrtValue> _values = [];

        public StackedInputs(IReadOnlyList<IReadOnlyList<RowTensor>> rows)
        {
            try
            {
                for (var input = 0; input < rows[0].Count; input++)
                {
                    Add(rows, input);
                }
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public IReadOnlyCollection<OrtValue> Values => _values;

        public void Dispose()
        {
            _values.ForEach(value => value.Dispose());
            foreach (var (buffer, pin) in _buffers)
            {
                pin.Dispose();
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        private unsafe void Add(IReadOnlyList<IReadOnlyList<RowTensor>> rows, int input)
        {
            var first = rows[0][input];
            var length = first.Data.Length;
            var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, length * rows.Count));
            var pin = buffer.AsMemory().Pin();
            _buffers.Add((buffer, pin));
            for (var row = 0; row < rows.Count; row++)
            {
                rows[row][input].Data.Span.CopyTo(buffer.AsSpan(row * length, length));
            }

            long[] shape = [rows.Count, .. first.Shape];
            _values.Add(OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, first.Type, shape, (IntPtr)pin.Pointer, (long)length * rows.Count));
        }
    }
}

/// <summary>An output does not have one part for each row of the batch: the model cannot serve several requests in one run.</summary>
internal sealed class RowsMixedException(string output) : Exception($"The output {output} is not split by rows.");
