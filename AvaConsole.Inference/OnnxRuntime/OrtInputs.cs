using System.Buffers;
using AvaConsole.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>
/// The inputs of one run. A request that runs alone lends its own memory, pinned for the run; the rows of several are copied, once, one
/// after the other into one pinned buffer for each input.
/// </summary>
internal sealed class OrtInputs : IDisposable
{
    private readonly OrtValue[] _values;
    private readonly MemoryHandle[] _pins;
    private readonly byte[]?[] _buffers;
    private readonly IReadOnlyList<TensorRequest> _requests;
    private readonly bool _pads;
    private readonly OrtAllocator? _hostMemory;

    /// <param name="padTo">Rows that all inputs are padded to, by repeating the last; 0, or fewer than there are, for none.</param>
    /// <param name="hostMemory">Memory that a device reads quicker, to which all inputs are copied; null to lend what the requests have.</param>
    public OrtInputs(IReadOnlyList<TensorRequest> requests, int padTo = 0, OrtAllocator? hostMemory = null)
    {
        _hostMemory = hostMemory;
        var first = requests[0].Inputs;
        _requests = requests;
        (Names, _values) = (new string[first.Count], new OrtValue[first.Count]);
        (_pins, _buffers) = (new MemoryHandle[first.Count], new byte[]?[first.Count]);
        Rows = new long[requests.Count];
        for (var request = 0; request < Rows.Length; request++)
        {
            Rows[request] = requests[request].Inputs is [{ Shape: [var rows, ..] }, ..] ? rows : 1;
        }

        var rowsGiven = Rows.Sum();
        TotalRows = CanPad(first, padTo, rowsGiven) ? padTo : rowsGiven;
        _pads = TotalRows > rowsGiven;
        try
        {
            for (var input = 0; input < first.Count; input++)
            {
                Names[input] = first[input].Name;
                _values[input] = Create(input, first[input]);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string[] Names { get; }

    public IReadOnlyCollection<OrtValue> Values => _values;

    /// <summary>Of each request.</summary>
    public long[] Rows { get; }

    /// <summary>Of the run: with those that only pad it.</summary>
    public long TotalRows { get; }

    public void Dispose()
    {
        for (var input = 0; input < _values.Length; input++)
        {
            _values[input]?.Dispose();
            _pins[input].Dispose();
            PinnedBuffers.Return(_buffers[input]);
        }
    }

    private static bool CanPad(IReadOnlyList<Tensor> inputs, int padTo, long rows) =>
        padTo > rows && rows > 0 && inputs.All(input => input.Type != TensorType.Bytes && input.Shape.Count > 0 && input.Data.Length > 0);

    private OrtValue Create(int input, Tensor first)
    {
        long[] shape = _requests.Count == 1 && !_pads ? [.. first.Shape] : [TotalRows, .. first.Shape.Skip(1)];
        if (first.Type == TensorType.Bytes)
        {
            return CreateText(input, shape);
        }

        var bytes = _requests.Count == 1 ? first.Data.Length : _requests.Sum(request => (long)request.Inputs[input].Data.Length);
        if (_pads)
        {
            bytes = bytes / Rows.Sum() * TotalRows;
        }

        var type = OrtTypes.To(first.Type);
        if (bytes == 0)
        {
            return OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape);
        }

        return _hostMemory is null
            ? OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, Pin(input, first, bytes), bytes)
            : CreateIn(_hostMemory, input, type, shape);
    }

    private OrtValue CreateIn(OrtAllocator memory, int input, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType type, long[] shape)
    {
        var value = OrtValue.CreateAllocatedTensorValue(memory, type, shape);
        Fill(input, value.GetTensorMutableRawData());
        return value;
    }

    private unsafe IntPtr Pin(int input, Tensor first, long bytes)
    {
        if (_requests.Count == 1 && !_pads)
        {
            _pins[input] = first.Data.Pin();
            var address = (nint)_pins[input].Pointer;

            // A body may put a tensor at any offset; code for vectors may not take that.
            if (address % TensorTypes.SizeOf(first.Type) == 0)
            {
                return address;
            }
        }

        var buffer = PinnedBuffers.Rent(checked((int)bytes));
        _buffers[input] = buffer;
        Fill(input, buffer.AsSpan(0, (int)bytes));

        fixed (byte* pointer = buffer)
        {
            // The array never moves: it was allocated pinned.
            return (nint)pointer;
        }
    }

    private void Fill(int input, Span<byte> target)
    {
        var filled = 0;
        foreach (var request in _requests)
        {
            request.Inputs[input].Data.Span.CopyTo(target[filled..]);
            filled += request.Inputs[input].Data.Length;
        }

        if (_pads)
        {
            var row = (int)(target.Length / TotalRows);
            for (; filled < target.Length; filled += row)
            {
                target.Slice(filled - row, row).CopyTo(target[filled..]);
            }
        }
    }

    private OrtValue CreateText(int input, long[] shape)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        try
        {
            var index = 0;
            foreach (var request in _requests)
            {
                foreach (var text in request.Inputs[input].Texts)
                {
                    value.StringTensorSetElementAt(text.Span, index++);
                }
            }

            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }
}
