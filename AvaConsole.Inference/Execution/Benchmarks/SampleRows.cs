using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Execution.Benchmarks;

/// <summary>Requests of several rows out of one of a single row.</summary>
internal static class SampleRows
{
    public static TensorRequest Repeat(TensorRequest sample, int rows) => rows == 1 ? sample : sample with { Inputs = [.. sample.Inputs.Select(input => Repeat(input, rows))] };

    private static Tensor Repeat(Tensor input, int rows)
    {
        var data = new byte[input.Data.Length * rows];
        for (var row = 0; row < rows; row++)
        {
            input.Data.Span.CopyTo(data.AsSpan(row * input.Data.Length));
        }

        return new Tensor(input.Name, input.Type, [rows, .. input.Shape.Skip(1)])
        {
            Data = data,
            Texts = [.. Enumerable.Repeat(input.Texts, rows).SelectMany(texts => texts)],
        };
    }
}
