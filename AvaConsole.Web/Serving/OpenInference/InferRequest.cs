using System.Buffers;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>An inference request as it was asked. Holds the memory of its tensors until it is disposed.</summary>
internal sealed class InferRequest : IDisposable
{
    private List<byte[]>? _rented;

    /// <summary>To be given back in the answer; null for none.</summary>
    public string? Id { get; set; }

    public List<Tensor> Inputs { get; } = [];

    /// <summary>In the order of the answer; empty for all that the model has.</summary>
    public List<WantedOutput> Outputs { get; } = [];

    /// <summary>Outputs that do not say otherwise are wanted in binary form.</summary>
    public bool IsBinary { get; set; }

    public TimeSpan? Timeout { get; set; }

    public byte[] Rent(int bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes);
        (_rented ??= []).Add(buffer);
        return buffer;
    }

    /// <summary>Somebody may still read the tensors: their memory is left to the garbage collector.</summary>
    public void Abandon() => _rented = null;

    public void Dispose()
    {
        foreach (var buffer in _rented ?? [])
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _rented = null;
    }
}

/// <summary>An output that a request names.</summary>
/// <param name="IsBinary">Null where the request as a whole decides.</param>
/// <param name="Classes">How many of the highest values are wanted instead of the tensor; 0 for the tensor.</param>
internal sealed record WantedOutput(string Name, bool? IsBinary, int Classes);
