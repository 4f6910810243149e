using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Batching;

/// <summary>How many rows a request has and what each looks like: requests whose rows look alike can share a run.</summary>
internal sealed class RowShape
{
    private readonly TensorRequest _request;
    private readonly int _hash;

    private RowShape(TensorRequest request, int rows, bool isWhole)
    {
        (_request, Rows, IsWhole) = (request, rows, isWhole);
        _hash = isWhole ? 0 : Hash(request);
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
        if (IsWhole || other.IsWhole || _hash != other._hash || _request.Inputs.Count != other._request.Inputs.Count)
        {
            return false;
        }

        for (var input = 0; input < _request.Inputs.Count; input++)
        {
            if (!Matches(_request.Inputs[input], other._request.Inputs[input]))
            {
                return false;
            }
        }

        return ReferenceEquals(_request.Outputs, other._request.Outputs) || _request.Outputs.SequenceEqual(other._request.Outputs);
    }

    private static bool Matches(Tensor first, Tensor second)
    {
        if (first.Type != second.Type || first.Shape.Count != second.Shape.Count || first.Name != second.Name)
        {
            return false;
        }

        for (var dimension = 1; dimension < first.Shape.Count; dimension++)
        {
            if (first.Shape[dimension] != second.Shape[dimension])
            {
                return false;
            }
        }

        return true;
    }

    private static int Hash(TensorRequest request)
    {
        var hash = new HashCode();
        foreach (var input in request.Inputs)
        {
            hash.Add(input.Type);
            for (var dimension = 1; dimension < input.Shape.Count; dimension++)
            {
                hash.Add(input.Shape[dimension]);
            }
        }

        return hash.ToHashCode();
    }
}
