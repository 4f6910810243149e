using System.Buffers;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;
using AvaConsole.Web.Serving.OpenInference;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

/// <summary>Requests as texts and bytes, and what the reader makes of them.</summary>
internal static class InferTexts
{
    /// <summary>A model with one input of each type, named by it, and the same outputs; all of any two dimensions.</summary>
    public static readonly PublishedSignature AllTypes = PublishedSignature.Of(new ModelSignature(
        [.. Enum.GetValues<TensorType>().Select(type => Port(TensorTypes.NameOf(type), type))],
        [.. Enum.GetValues<TensorType>().Select(type => Port(TensorTypes.NameOf(type), type))]));

    public static Result<InferRequest> Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static Result<InferRequest> Read(byte[] body, int? jsonLength = null) => InferRequestReader.Read(body, jsonLength ?? body.Length, AllTypes);

    /// <summary>The first tensor of a request that is right.</summary>
    public static Tensor ReadTensor(string type, string shape, string data)
    {
        var request = Read(Request(type, shape, data));
        Assert.True(request.IsSuccess, $"{request.Error}");
        return Assert.Single(request.Value.Inputs);
    }

    /// <summary>The code of the only problem.</summary>
    public static string CodeOf(Result<InferRequest> read) => Assert.Single(Assert.IsType<InvalidError>(read.Error).Problems).Code;

    public static string Request(string type, string shape, string data) =>
        $$"""{"inputs":[{"name":"{{type}}","shape":{{shape}},"datatype":"{{type}}","data":{{data}}}]}""";

    /// <summary>The JSON that an answer has for a tensor's elements.</summary>
    public static string Data(Tensor tensor)
    {
        using var target = new PooledBytes(16);
        var written = InferResponseWriter.Write(target, AllTypes, "m", "1", null, [new AnsweredOutput(tensor, false)]);
        Assert.True(written.IsSuccess, $"{written.Error}");
        var json = Encoding.UTF8.GetString(target.Written.Span);
        var start = json.IndexOf("\"data\":", StringComparison.Ordinal) + "\"data\":".Length;
        return json[start..^3];
    }

    /// <summary>A request with the tensor in binary form behind the JSON.</summary>
    public static (byte[] Body, int JsonLength) Binary(Tensor tensor)
    {
        var type = TensorTypes.NameOf(tensor.Type);
        var json = Encoding.UTF8.GetBytes(
            $$$"""{"inputs":[{"name":"{{{type}}}","shape":[{{{string.Join(',', tensor.Shape)}}}],"datatype":"{{{type}}}","parameters":{"binary_data_size":{{{BinaryTensors.SizeOf(tensor)}}}}}]}""");
        var body = new ArrayBufferWriter<byte>();
        body.Write(json);
        BinaryTensors.Write(tensor, body);
        return (body.WrittenSpan.ToArray(), json.Length);
    }

    private static ModelPort Port(string name, TensorType type) => new(name, PortKind.Tensor, type, [-1, -1]);
}
