using System.Text;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>The tensor itself, from JSON arrays or from its bytes.</summary>
internal sealed class TensorInputPart(TensorInput description, ModelPort port) : IInputPart
{
    public string Entry => PayloadEntry.NameOf(description, port.Name);

    private readonly IReadOnlyList<long> _wanted = description.Shape.Count > 0 ? description.Shape : port.Shape;

    /// <returns>Null where something does not fit, which is reported.</returns>
    public static IInputPart? Create(TensorInput description, ModelPort port, InputProblems problems)
    {
        var agrees = description.Shape.Count == 0
            || (description.Shape.Count == port.Shape.Count && description.Shape.Zip(port.Shape).All(pair => pair.First < 0 || pair.Second < 0 || pair.First == pair.Second));
        if (port.Kind == PortKind.Tensor && agrees)
        {
            return new TensorInputPart(description, port);
        }

        problems.Report(
            port.Kind == PortKind.Tensor ? "package.tensor_shape" : "package.input_not_tensor", port.Name, InputProblems.Show(port), InputProblems.Show(description.Shape));
        return null;
    }

    public Error? Prepare(InferenceRequest request, InputBuilder builder)
    {
        var entry = PayloadEntry.Find(request, description, port.Name);
        if (!entry.IsSuccess)
        {
            return entry.Error;
        }

        var (name, bytes) = entry.Value;
        try
        {
            return description.Format == TensorFormat.Bytes ? AddBytes(name, bytes, builder) : AddJson(name, bytes.Span, builder);
        }
        catch (JsonException exception)
        {
            return new InvalidError(name, "payload.not_json", (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1);
        }
    }

    public void MakeSample(int seed, InputBuilder builder)
    {
        var shape = _wanted.Select(length => Math.Max(1, length)).ToArray();
        var count = (int)shape.Aggregate(1L, (product, length) => checked(product * length));
        if (port.Type == TensorType.Bytes)
        {
            var texts = Enumerable.Range(0, count).Select(index => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"{(index * (seed + 1)) % 7}")).ToList();
            builder.AddTexts(port.Name, texts, shape);
            return;
        }

        var target = builder.Add(port.Name, port.Type, shape);
        for (var index = 0; index < count; index++)
        {
            Elements.Write(port.Type, target, index, (index * ((seed * 6) + 1)) % 5);
        }
    }

    private InvalidError? AddJson(string name, ReadOnlySpan<byte> json, InputBuilder builder)
    {
        var reader = new JsonTensorReader(name, port.Type);
        if (reader.Read(json) is { } problem)
        {
            return problem;
        }

        if (TensorShape.Fit(reader.Shape, _wanted) is not { } shape)
        {
            return new InvalidError(name, "payload.shape_differs", InputProblems.Show(reader.Shape), InputProblems.Show(_wanted));
        }

        if (port.Type == TensorType.Bytes)
        {
            builder.AddTexts(port.Name, reader.Texts, shape);
        }
        else
        {
            reader.Data.CopyTo(builder.Add(port.Name, port.Type, shape));
        }

        return null;
    }

    private InvalidError? AddBytes(string name, ReadOnlyMemory<byte> bytes, InputBuilder builder)
    {
        var size = TensorTypes.SizeOf(port.Type);
        if (size == 0)
        {
            builder.AddTexts(port.Name, [bytes], Enumerable.Repeat(1L, _wanted.Count).ToArray());
            return null;
        }

        if (bytes.Length % size != 0 || TensorShape.FromCount(bytes.Length / size, _wanted) is not { } shape)
        {
            return new InvalidError(name, "payload.bytes_differ", bytes.Length, TensorTypes.NameOf(port.Type), InputProblems.Show(_wanted));
        }

        bytes.Span.CopyTo(builder.Add(port.Name, port.Type, shape));
        return null;
    }
}
