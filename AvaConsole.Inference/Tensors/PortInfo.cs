using AvaConsole.Core.Releases;

namespace AvaConsole.Inference.Tensors;

/// <summary>Ports as the console keeps and shows them.</summary>
internal static class PortInfo
{
    public static TensorInfo ToInfo(this ModelPort port) =>
        new(port.Name, port.Kind == PortKind.Tensor ? TensorTypes.NameOf(port.Type) : port.Kind.ToString().ToUpperInvariant(), port.Shape);

    public static ModelPort ToPort(TensorInfo info) => TensorTypes.TryParse(info.DataType, out var type)
        ? new ModelPort(info.Name, PortKind.Tensor, type, info.Shape)
        : new ModelPort(info.Name, info.DataType == "MAP" ? PortKind.Map : PortKind.Sequence, TensorType.Fp32, []);
}
