using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Batching;

/// <summary>How many rows a request has and what each looks like: requests whose rows look alike can share a run.</summary>
internal sealed class RowShape
{
    private readonly (string Name, TensorType Type, IReadOnlyList<long> Shape)[] _inputs;
    private readonly IReadOnlyList<string> _outputs;
    private readonly int _hash;

    private RowShape(TensorRequest request, int rows, bool isWhole)
    {
        (_outputs, Rows, IsWhole) = (request.Outputs, rows, isWhole);
        _inputs = isWhole ? [] : Describe(request.Inputs, out _hash);
    }

    /// <summary>At least 1.</summary>
    public int Rows { get; }

    /// <summary>It has no rows that could be put after others': its inputs differ in their first dimension, or there is none, or it is 0.</summary>
    public bool IsWhole { get; }

    public static RowShape Of(TensorRequest request)
    {
        if (request.Inputs is not [{ Shape: [var rows and > 0 and < int.MaxValue, ..] }, ..])
        {
            return new RowShape(request, 1, isWhole: true);
        }

        foreach (var input in request.Inputs)
        {
            if (input.Shape.Count == 0 || input.Shape[0] != rows)
            {
                return new RowShape(request, 1, isWhole: true);
            }
        }

        return new RowShape(request, (int)rows, isWhole: false);
    }

    public bool CanJoin(RowShape other)
    {
        if (IsWhole || other.IsWhole || _hash != other._hash || _inputs.Length != other._inputs.Length)
        {
            return false;
        }

        for (var input = 0; input < _inputs.Length; input++)
        {
            var (mine, its) = (_inputs[input], other._inputs[input]);
            if (mine.Type != its.Type || mine.Name != its.Name || !HaveSameRows(mine.Shape, its.Shape))
            {
                return false;
            }
        }

        return ReferenceEquals(_outputs, other._outputs) || _outputs.SequenceEqual(other._outputs);
    }

    private static bool HaveSameRows(IReadOnlyList<long> first, IReadOnlyList<long> second)
    {
        if (first.Count != second.Count)
        {
            return false;
        }

        for (var dimension = 1; dimension < first.Count; dimension++)
        {
            if (first[dimension] != second[dimension])
            {
                return false;
            }
        }

        return true;
    }

    private static (string, TensorType, IReadOnlyList<long>)[] Describe(IReadOnlyList<Tensor> inputs, out int hash)
    {
        var described = new (string, TensorType, IReadOnlyList<long>)[inputs.Count];
        var code = default(HashCode);
        for (var index = 0; index < described.Length; index++)
        {
            var input = inputs[index];
            described[index] = (input.Name, input.Type, input.Shape);
            code.Add(input.Type);
            for (var dimension = 1; dimension < input.Shape.Count; dimension++)
            {
                code.Add(input.Shape[dimension]);
            }
        }

        hash = code.ToHashCode();
        return described;
    }
}
