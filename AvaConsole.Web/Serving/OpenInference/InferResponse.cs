using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>An output of the answer, and the form it goes in.</summary>
internal readonly record struct AnsweredOutput(Tensor Tensor, bool IsBinary)
{
    /// <summary>Bytes that it takes at most, as good as can be said before it is written.</summary>
    public long MostBytes => IsBinary ? BinaryTensors.SizeOf(Tensor)
        : Tensor.Type == TensorType.Bytes ? BinaryTensors.SizeOf(Tensor) * JsonPerTextByte
        : (Tensor.Data.Length * (long)JsonPerByte) + (Tensor.Count * JsonPerElement);

    // A digit more than two for each byte, a sign, a point, an exponent and a comma; texts have quotes and escapes.
    private const int JsonPerByte = 3;
    private const int JsonPerElement = 3;
    private const int JsonPerTextByte = 2;
}

/// <summary>Turns a model's values into the outputs that a request asked for, in its order.</summary>
internal static class InferResponse
{
    public static Result<IReadOnlyList<AnsweredOutput>> Arrange(InferRequest request, TensorAnswer answer, IServedModel model)
    {
        var tensors = new List<Tensor>(answer.Outputs.Count);
        foreach (var value in answer.Outputs)
        {
            if (value is Tensor tensor)
            {
                tensors.Add(tensor);
                continue;
            }

            var derived = DerivedTensors.Of(value);
            if (!derived.IsSuccess)
            {
                return derived.Error;
            }

            tensors.AddRange(derived.Value);
        }

        return request.Outputs.Count == 0
            ? tensors.ConvertAll(tensor => new AnsweredOutput(tensor, request.IsBinary))
            : Choose(request, tensors, model.Labels);
    }

    private static Result<IReadOnlyList<AnsweredOutput>> Choose(InferRequest request, List<Tensor> tensors, IReadOnlyList<string> labels)
    {
        var outputs = new List<AnsweredOutput>(request.Outputs.Count);
        foreach (var wanted in request.Outputs)
        {
            // An optional output may be missing.
            if (tensors.Find(tensor => tensor.Name == wanted.Name) is not { } tensor)
            {
                continue;
            }

            if (wanted.Classes > 0)
            {
                var classified = Classification.Of(tensor, wanted.Classes, labels);
                if (!classified.IsSuccess)
                {
                    return classified.Error;
                }

                tensor = classified.Value;
            }

            outputs.Add(new AnsweredOutput(tensor, wanted.IsBinary ?? request.IsBinary));
        }

        return outputs;
    }
}
