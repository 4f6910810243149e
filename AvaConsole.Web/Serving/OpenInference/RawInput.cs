using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>
/// A body that is nothing but one tensor (<c>Inference-Header-Content-Length: 0</c>): for a model of one input, whose shape is worked out from the
/// number of bytes. All outputs go back in binary form.
/// </summary>
internal static class RawInput
{
    public static Result<InferRequest> Read(ReadOnlyMemory<byte> body, PublishedSignature signature)
    {
        if (signature.Inputs is not [var port])
        {
            return new InvalidError("inputs", "oip.raw_inputs", signature.InputNames);
        }

        var request = new InferRequest { IsBinary = true };
        var problem = port.Type == TensorType.Bytes ? TakeText(body, port, request) : TakeElements(body, port, request);
        if (problem is null)
        {
            return request;
        }

        request.Dispose();
        return new InvalidError([problem with { Field = "inputs[0]" }]);
    }

    /// <summary>The whole body is the only element, without its length.</summary>
    private static Problem? TakeText(ReadOnlyMemory<byte> body, PublishedPort port, InferRequest request)
    {
        if (port.Shape.Any(length => length is not (-1 or 1)))
        {
            return new Problem("", "oip.raw_shape");
        }

        request.Inputs.Add(new Tensor(port.Name, TensorType.Bytes, [.. port.Shape.Select(_ => 1L)]) { Texts = [body] });
        return null;
    }

    private static Problem? TakeElements(ReadOnlyMemory<byte> body, PublishedPort port, InferRequest request)
    {
        // The last open dimension takes what the bytes give; those before it, rows first of all, are 1.
        var open = port.Shape.ToList().LastIndexOf(-1);
        var rest = port.Shape.Where(length => length > 0).Aggregate(1L, (product, length) => product * length) * TensorTypes.SizeOf(port.Type);
        if (port.Shape.Contains(0) || rest > int.MaxValue || body.Length % rest != 0 || (open < 0 && body.Length != rest))
        {
            return new Problem("", "oip.raw_shape");
        }

        long[] shape = [.. port.Shape.Select((length, index) => index == open ? body.Length / rest : Math.Abs(length))];
        return BinaryInput.Take(port.Name, port.Type, shape, body.Length / TensorTypes.SizeOf(port.Type), body, request);
    }
}
