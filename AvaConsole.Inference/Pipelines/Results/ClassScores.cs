using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Results;

/// <summary>The scores of one row.</summary>
/// <param name="Keys">Names that the model itself gives its classes, as scikit-learn's ZipMap does; null for none.</param>
internal sealed record ClassScores(IReadOnlyList<string>? Keys, float[] Values)
{
    /// <summary>Reads a tensor of whose dimensions only those of the classes are above 1, a map, or a sequence with one map.</summary>
    /// <returns>Null where there are no scores, or one of them is no number.</returns>
    public static ClassScores? Read(ModelValue output)
    {
        var read = output switch
        {
            Tensor { Type: not TensorType.Bytes } tensor => new ClassScores(null, TensorValues.Floats(tensor).ToArray()),
            SequenceValue { Items: [MapValue map] } => FromMap(map),
            MapValue map => FromMap(map),
            _ => null,
        };
        return read is { Values.Length: > 0 } && Array.TrueForAll(read.Values, float.IsFinite) ? read : null;
    }

    /// <summary>Classes of one row; 0 where the output holds no scores.</summary>
    public static long Count(ModelValue output) => output switch
    {
        Tensor { Type: not TensorType.Bytes } tensor => tensor.Count,
        SequenceValue { Items: [MapValue map] } => map.Values.Count,
        MapValue map => map.Values.Count,
        _ => 0,
    };

    private static ClassScores? FromMap(MapValue map)
    {
        if (map.Values.Type == TensorType.Bytes || map.Keys.Count != map.Values.Count)
        {
            return null;
        }

        var keys = Enumerable.Range(0, (int)map.Keys.Count).Select(index => TensorValues.Text(map.Keys, index)).ToArray();
        return new ClassScores(keys, TensorValues.Floats(map.Values).ToArray());
    }
}
