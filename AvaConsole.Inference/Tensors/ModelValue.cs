namespace AvaConsole.Inference.Tensors;

/// <summary>A named value that a model takes or gives: a tensor, a sequence of values, or a map.</summary>
public abstract record ModelValue(string Name);

/// <summary>A tensor, all of it: with the batch dimension where the model has one.</summary>
/// <param name="Shape">Lengths of the dimensions, never negative; empty for a scalar. A length may be 0.</param>
public sealed record Tensor(string Name, TensorType Type, IReadOnlyList<long> Shape) : ModelValue(Name)
{
    /// <summary>Elements, row-major, in the machine's byte order; empty for <see cref="TensorType.Bytes"/>.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Elements of a <see cref="TensorType.Bytes"/> tensor, row-major; text is UTF-8. Empty for the other types.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Texts { get; init; } = [];

    /// <summary>Product of the shape; 1 for a scalar.</summary>
    public long Count => Shape.Aggregate(1L, (count, length) => checked(count * length));
}

/// <summary>An ONNX sequence, for example one map for each row.</summary>
public sealed record SequenceValue(string Name, IReadOnlyList<ModelValue> Items) : ModelValue(Name);

/// <summary>An ONNX map, as scikit-learn's ZipMap makes it.</summary>
/// <param name="Keys">One dimension; integers or text.</param>
/// <param name="Values">As many as there are keys.</param>
public sealed record MapValue(string Name, Tensor Keys, Tensor Values) : ModelValue(Name);

public enum PortKind
{
    Tensor,
    Sequence,
    Map,
}

/// <summary>An input or output of a model.</summary>
/// <param name="Type">Of the tensor; of the innermost tensors of a sequence or a map's values.</param>
/// <param name="Shape">-1 for a length that each request chooses; empty for a scalar and for what is no tensor.</param>
/// <param name="IsOptional">A request may leave it out; an output may be missing from an answer.</param>
public sealed record ModelPort(string Name, PortKind Kind, TensorType Type, IReadOnlyList<long> Shape, bool IsOptional = false)
{
    /// <summary>Of a map's keys, or of those of the maps in a sequence; null where there are none.</summary>
    public TensorType? KeyType { get; init; }
}

/// <summary>What a model takes and gives, in its own order.</summary>
public sealed record ModelSignature(IReadOnlyList<ModelPort> Inputs, IReadOnlyList<ModelPort> Outputs);
