using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>
/// Tensors in place of what is none. A sequence of maps becomes its values, [rows, keys], and its keys, [keys]; a map alone is one row without
/// that dimension; a sequence of tensors is joined by a new first dimension. What is not regular is refused.
/// </summary>
internal static class DerivedTensors
{
    /// <returns>The value, and the keys where there are any.</returns>
    public static Result<IReadOnlyList<Tensor>> Of(ModelValue value) => value switch
    {
        Tensor tensor => new[] { tensor },
        MapValue map => Join(map.Name, [map], []),
        SequenceValue { Items: [] } empty => new[] { new Tensor(empty.Name, TensorType.Fp32, [0, 0]) },
        SequenceValue sequence when sequence.Items.All(item => item is MapValue) => Join(sequence.Name, [.. sequence.Items.Cast<MapValue>()], [sequence.Items.Count]),
        SequenceValue sequence when sequence.Items.All(item => item is Tensor) => Stack(sequence.Name, [.. sequence.Items.Cast<Tensor>()]),
        _ => Irregular(value.Name),
    };

    private static Result<IReadOnlyList<Tensor>> Join(string name, IReadOnlyList<MapValue> maps, long[] rows)
    {
        var keys = maps[0].Keys;
        if (maps.Any(map => !HaveSameElements(map.Keys, keys) || map.Values.Type != maps[0].Values.Type || map.Values.Count != keys.Count))
        {
            return Irregular(name);
        }

        return new[] { Concatenate(name, [.. maps.Select(map => map.Values)], [.. rows, keys.Count]), keys with { Name = name + PublishedSignature.KeysSuffix, Shape = [keys.Count] } };
    }

    private static Result<IReadOnlyList<Tensor>> Stack(string name, IReadOnlyList<Tensor> items) =>
        items.All(item => item.Type == items[0].Type && item.Shape.SequenceEqual(items[0].Shape))
            ? new[] { Concatenate(name, items, [items.Count, .. items[0].Shape]) }
            : Irregular(name);

    private static Tensor Concatenate(string name, IReadOnlyList<Tensor> parts, long[] shape)
    {
        var data = new byte[parts.Sum(part => part.Data.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.Data.CopyTo(data.AsMemory(at));
            at += part.Data.Length;
        }

        return new Tensor(name, parts[0].Type, shape) { Data = data, Texts = [.. parts.SelectMany(part => part.Texts)] };
    }

    private static bool HaveSameElements(Tensor one, Tensor other) =>
        one.Type == other.Type
        && one.Data.Span.SequenceEqual(other.Data.Span)
        && one.Texts.Count == other.Texts.Count
        && one.Texts.Zip(other.Texts).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));

    private static InvalidError Irregular(string name) => new($"outputs[{name}]", "oip.output_irregular");
}
