using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>An input or output as the protocol shows it: always a tensor.</summary>
/// <param name="Head">The beginning of an output's JSON, up to its shape: <c>{"name":"…","datatype":"…","shape":[</c>.</param>
internal sealed record PublishedPort(string Name, TensorType Type, string Datatype, IReadOnlyList<long> Shape, byte[] Head);

/// <summary>
/// A model's signature as the protocol shows it, made once for each. The protocol has tensors only: of a sequence of maps, as scikit-learn's
/// ZipMap makes one, the values are shown as [rows, keys] under the output's own name, and the keys under that name with <see cref="KeysSuffix"/>.
/// </summary>
internal sealed class PublishedSignature
{
    public const string KeysSuffix = "_keys";

    private static readonly ConditionalWeakTable<ModelSignature, PublishedSignature> s_known = [];

    private readonly HashSet<string> _outputs;

    private PublishedSignature(ModelSignature signature)
    {
        Signature = signature;
        Inputs = [.. signature.Inputs.Where(port => port.Kind == PortKind.Tensor).Select(port => Publish(port, port.Shape))];
        Outputs = [.. signature.Outputs.SelectMany(PublishOutput)];
        _outputs = [.. Outputs.Select(port => port.Name)];
        (InputNames, OutputNames) = (string.Join(", ", Inputs.Select(port => port.Name)), string.Join(", ", _outputs));
    }

    public ModelSignature Signature { get; }

    public IReadOnlyList<PublishedPort> Inputs { get; }

    public IReadOnlyList<PublishedPort> Outputs { get; }

    /// <summary>For messages.</summary>
    public string InputNames { get; }

    public string OutputNames { get; }

    public static PublishedSignature Of(ModelSignature signature) => s_known.GetValue(signature, static known => new PublishedSignature(known));

    public bool HasOutput(string name) => _outputs.Contains(name);

    /// <summary>The model's own outputs that make up those which are wanted, in their order, each once.</summary>
    public IReadOnlyList<string> SourcesOf(IReadOnlyList<WantedOutput> wanted) =>
        wanted.Count == 0 ? [] : [.. wanted.Select(output => SourceOf(output.Name)).Distinct()];

    /// <summary>The output's JSON up to its shape, where it is one of the model's own with its own type.</summary>
    public byte[]? HeadOf(string name, TensorType type)
    {
        foreach (var port in Outputs)
        {
            if (port.Name == name && port.Type == type)
            {
                return port.Head;
            }
        }

        return null;
    }

    public static byte[] Head(string name, string datatype) =>
        [.. "{\"name\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(name, s_text), .. ",\"datatype\":\""u8, .. System.Text.Encoding.ASCII.GetBytes(datatype), .. "\",\"shape\":["u8];

    private static readonly JsonSerializerOptions s_text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string SourceOf(string name)
    {
        foreach (var port in Signature.Outputs)
        {
            if (port.Name == name)
            {
                return name;
            }
        }

        return name[..^KeysSuffix.Length];
    }

    /// <summary>What it becomes in an answer, in the same order: see <see cref="DerivedTensors"/>.</summary>
    private static IEnumerable<PublishedPort> PublishOutput(ModelPort port) => port switch
    {
        { Kind: PortKind.Tensor } => [Publish(port, port.Shape)],
        { KeyType: { } type } => [Publish(port, port.Kind == PortKind.Map ? [-1] : [-1, -1]), Publish(port with { Name = port.Name + KeysSuffix, Type = type }, [-1])],
        _ => [Publish(port, [-1, -1])],
    };

    private static PublishedPort Publish(ModelPort port, IReadOnlyList<long> shape)
    {
        var datatype = TensorTypes.NameOf(port.Type);
        return new PublishedPort(port.Name, port.Type, datatype, shape, Head(port.Name, datatype));
    }
}
