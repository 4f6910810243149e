namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>The smallest ONNX model that computes something: <c>y = Abs(x)</c> on one float. Running it shows whether a provider works.</summary>
internal static class ProbeModel
{
    public static byte[] Bytes { get; } = Message(
        Field(1, 8), // ir_version
        Field(7, Message( // graph
            Field(1, Message(Field(1, "x"), Field(2, "y"), Field(4, "Abs"))), // node: input, output, op_type
            Field(2, "probe"),
            Field(11, Value("x")),
            Field(12, Value("y")))),
        Field(8, Message(Field(2, 17)))); // opset_import: version

    // ValueInfo { name, type { tensor_type { elem_type: FLOAT, shape { dim { dim_value: 1 } } } } }
    private static byte[] Value(string name) => Message(
        Field(1, name),
        Field(2, Message(Field(1, Message(Field(1, 1), Field(2, Message(Field(1, Message(Field(1, 1))))))))));

    // Every field number is below 16 and every length below 128 here, so that tags and lengths take one byte each.
    private static byte[] Field(int number, byte value) => [(byte)(number << 3), value];

    private static byte[] Field(int number, string text) => Field(number, System.Text.Encoding.ASCII.GetBytes(text));

    private static byte[] Field(int number, byte[] bytes) => [(byte)((number << 3) | 2), (byte)bytes.Length, .. bytes];

    private static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];
}
