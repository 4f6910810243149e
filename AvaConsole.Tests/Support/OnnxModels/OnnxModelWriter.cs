namespace AvaConsole.Tests.Support.OnnxModels;

/// <summary>
/// Writes ONNX files without Python or a protobuf library, so that a test can make exactly the model that it is about.
/// The numbers are the fields of onnx.proto3.
/// </summary>
internal static class OnnxModelWriter
{
    /// <summary>The operators of classical machine learning, which every model here may use.</summary>
    public const string MlDomain = "ai.onnx.ml";

    private const int IrVersion = 8;
    private const int Opset = 13;

    /// <param name="domains">Of operators that are nobody's but the test's.</param>
    public static byte[] Write(OnnxGraphWriter graph, params string[] domains) => new ProtobufWriter()
        .Varint(1, IrVersion)
        .Text(2, "avaconsole-tests")
        .Message(7, graph.ToProto())
        .Message(8, new ProtobufWriter().Text(1, "").Varint(2, Opset))
        .Message(8, new ProtobufWriter().Text(1, MlDomain).Varint(2, 1))
        .Messages(8, domains.Select(domain => new ProtobufWriter().Text(1, domain).Varint(2, 1)))
        .ToArray();
}
