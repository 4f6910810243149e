using System.Collections.Frozen;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Execution;

/// <summary>
/// Holds requests against a model's signature, before anything runs: the runtime's own complaints come late, one at a time, and for a
/// missing input from within a computation.
/// </summary>
internal sealed class RequestCheck(ModelSignature signature)
{
    private readonly FrozenDictionary<string, ModelPort> _inputs = signature.Inputs.ToFrozenDictionary(port => port.Name);
    private readonly FrozenSet<string> _outputs = signature.Outputs.Select(port => port.Name).ToFrozenSet();

    /// <param name="inRows">All inputs have rows, and must have equally many.</param>
    public IReadOnlyList<Problem> Check(TensorRequest request, bool inRows)
    {
        List<Problem>? problems = null;
        for (var index = 0; index < request.Inputs.Count; index++)
        {
            CheckInput(request, index, ref problems);
        }

        if (inRows && problems is null)
        {
            CheckRows(request, ref problems);
        }

        // Every input is known and none comes twice: where there are as many as the model has, none is missing.
        if (problems is not null || request.Inputs.Count < _inputs.Count)
        {
            CheckMissing(request, ref problems);
        }

        CheckOutputs(request, ref problems);
        return problems ?? (IReadOnlyList<Problem>)[];
    }

    /// <summary>The inputs in the model's order, in which requests can be put together.</summary>
    public TensorRequest Arrange(TensorRequest request)
    {
        var next = 0;
        foreach (var port in signature.Inputs)
        {
            if (next < request.Inputs.Count && request.Inputs[next].Name == port.Name)
            {
                next++;
            }
        }

        return next == request.Inputs.Count
            ? request
            : request with { Inputs = [.. signature.Inputs.Select(port => request.Inputs.FirstOrDefault(input => input.Name == port.Name)).OfType<Tensor>()] };
    }

    private void CheckInput(TensorRequest request, int index, ref List<Problem>? problems)
    {
        var input = request.Inputs[index];
        if (!_inputs.TryGetValue(input.Name, out var port))
        {
            Report(ref problems, input, "tensor.input_unknown", string.Join(", ", signature.Inputs.Select(known => known.Name)));
            return;
        }

        for (var earlier = 0; earlier < index; earlier++)
        {
            if (request.Inputs[earlier].Name == input.Name)
            {
                Report(ref problems, input, "tensor.input_duplicate");
                return;
            }
        }

        if (port.Kind != PortKind.Tensor)
        {
            Report(ref problems, input, "tensor.input_not_tensor", port.Kind.ToString().ToUpperInvariant());
            return;
        }

        if (input.Type != port.Type)
        {
            Report(ref problems, input, "tensor.type", TensorTypes.NameOf(input.Type), TensorTypes.NameOf(port.Type));
        }

        if (CheckShape(input, port, ref problems))
        {
            CheckLength(input, ref problems);
        }
    }

    private static bool CheckShape(Tensor input, ModelPort port, ref List<Problem>? problems)
    {
        if (input.Shape.Count != port.Shape.Count)
        {
            Report(ref problems, input, "tensor.rank", Show(input.Shape), Show(port.Shape));
            return false;
        }

        for (var dimension = 0; dimension < input.Shape.Count; dimension++)
        {
            var (given, wanted) = (input.Shape[dimension], port.Shape[dimension]);
            if (given < 0)
            {
                Report(ref problems, input, "tensor.dimension_negative", Show(input.Shape), dimension);
                return false;
            }

            if (wanted >= 0 && given != wanted)
            {
                Report(ref problems, input, "tensor.dimension", Show(input.Shape), Show(port.Shape), dimension, wanted);
                return false;
            }
        }

        return true;
    }

    private static void CheckLength(Tensor input, ref List<Problem>? problems)
    {
        UInt128 count = 1;
        foreach (var length in input.Shape)
        {
            // A product of more than 2^64 can only be wrong; of 2^127 it would overflow.
            count = count > ulong.MaxValue && length != 0 ? count : count * (ulong)length;
        }

        if (input.Type == TensorType.Bytes)
        {
            if (count != (ulong)input.Texts.Count)
            {
                Report(ref problems, input, "tensor.element_count", Show(input.Shape), $"{count}", input.Texts.Count);
            }

            return;
        }

        var bytes = count * (ulong)TensorTypes.SizeOf(input.Type);
        if (bytes != (ulong)input.Data.Length)
        {
            Report(ref problems, input, "tensor.byte_length", Show(input.Shape), TensorTypes.NameOf(input.Type), $"{bytes}", input.Data.Length);
        }
    }

    private static void CheckRows(TensorRequest request, ref List<Problem>? problems)
    {
        foreach (var input in request.Inputs)
        {
            var first = request.Inputs[0];
            if (input.Shape[0] != first.Shape[0])
            {
                Report(ref problems, input, "tensor.rows_differ", input.Shape[0], first.Name, first.Shape[0]);
            }
        }
    }

    private void CheckMissing(TensorRequest request, ref List<Problem>? problems)
    {
        foreach (var port in signature.Inputs)
        {
            if (!port.IsOptional && !request.Inputs.Any(input => input.Name == port.Name))
            {
                (problems ??= []).Add(new Problem($"inputs.{port.Name}", "tensor.input_missing", port.Name, TensorTypes.NameOf(port.Type), Show(port.Shape)));
            }
        }
    }

    private void CheckOutputs(TensorRequest request, ref List<Problem>? problems)
    {
        for (var index = 0; index < request.Outputs.Count; index++)
        {
            var name = request.Outputs[index];
            if (!_outputs.Contains(name))
            {
                (problems ??= []).Add(new Problem($"outputs.{name}", "tensor.output_unknown", name, string.Join(", ", signature.Outputs.Select(port => port.Name))));
            }
            else if (request.Outputs.Take(index).Contains(name))
            {
                (problems ??= []).Add(new Problem($"outputs.{name}", "tensor.output_duplicate", name));
            }
        }
    }

    private static void Report(ref List<Problem>? problems, Tensor input, string code, params object?[] args) =>
        (problems ??= []).Add(new Problem($"inputs.{input.Name}", code, [input.Name, .. args]));

    private static string Show(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}
