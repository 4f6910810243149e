using System.Buffers;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Collects the tensors of one request and the memory that they lie in.</summary>
internal sealed class InputBuilder : IDisposable
{
    private readonly List<Tensor> _tensors = [];
    private readonly List<byte[]> _rented = [];
    private PictureGeometry? _geometry;
    private int _pictures;

    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>Adds a tensor whose elements the caller writes; what they were before is not said.</summary>
    public Span<byte> Add(string name, TensorType type, params IReadOnlyList<long> shape)
    {
        var size = checked((int)shape.Aggregate((long)TensorTypes.SizeOf(type), (product, length) => checked(product * length)));
        var memory = ArrayPool<byte>.Shared.Rent(size);
        _rented.Add(memory);
        _tensors.Add(new Tensor(name, type, shape) { Data = memory.AsMemory(0, size) });
        return memory.AsSpan(0, size);
    }

    public void AddTexts(string name, IReadOnlyList<ReadOnlyMemory<byte>> texts, params IReadOnlyList<long> shape) =>
        _tensors.Add(new Tensor(name, TensorType.Bytes, shape) { Texts = texts });

    public void AddGeometry(PictureGeometry geometry) => _geometry = ++_pictures == 1 ? geometry : null;

    public PreparedInput Build() => new(_tensors, _geometry, this);

    public void Dispose()
    {
        _rented.ForEach(memory => ArrayPool<byte>.Shared.Return(memory));
        _rented.Clear();
    }
}
