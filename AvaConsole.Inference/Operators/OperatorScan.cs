using System.Text;

namespace AvaConsole.Inference.Operators;

/// <summary>
/// Finds the operators of an ONNX file by reading nothing of it but its nodes: weights are stepped over. The numbers are the fields of
/// onnx.proto3. Functions that the file brings with it are no operators.
/// </summary>
internal static class OperatorScan
{
    private const int MaxDepth = 64;
    private const int MaxName = 256;

    private enum Message
    {
        Model,
        Graph,
        Node,
        Attribute,
        Function,
    }

    /// <summary>Each once; null where the file cannot be read, which ONNX Runtime has better words for.</summary>
    public static IReadOnlySet<OperatorName>? Read(string path)
    {
        try
        {
            using var file = new BufferedStream(File.OpenRead(path), 64 * 1024);
            var found = new Found();
            Read(new ProtobufReader(file), file.Length, Message.Model, 0, found);
            found.Used.ExceptWith(found.Defined);
            return found.Used;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static void Read(ProtobufReader reader, long end, Message message, int depth, Found found)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException("Graphs within graphs go too deep.");
        }

        var (domain, name) = ("", "");
        while (reader.Position < end)
        {
            var (field, length) = reader.ReadField(end);
            switch (Inner(message, field))
            {
                case { } inner when length is { } bytes:
                    Read(reader, reader.Position + bytes, inner, depth + 1, found);
                    break;
                case null when length is { } bytes && IsName(message, field):
                    name = reader.ReadText(bytes, MaxName);
                    break;
                case null when length is { } bytes && IsDomain(message, field):
                    domain = reader.ReadText(bytes, MaxName);
                    break;
                default:
                    reader.Skip(length ?? 0);
                    break;
            }
        }

        if (message is Message.Node or Message.Function)
        {
            (message == Message.Node ? found.Used : found.Defined).Add(new OperatorName(domain == "ai.onnx" ? "" : domain, name));
        }
    }

    private static Message? Inner(Message message, int field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 25) => Message.Function,
        (Message.Graph, 1) or (Message.Function, 7) => Message.Node,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 6 or 11) => Message.Graph,
        _ => null,
    };

    private static bool IsName(Message message, int field) => (message, field) is (Message.Node, 4) or (Message.Function, 1);

    private static bool IsDomain(Message message, int field) => (message, field) is (Message.Node, 7) or (Message.Function, 10);

    private sealed class Found
    {
        public HashSet<OperatorName> Used { get; } = [];

        public HashSet<OperatorName> Defined { get; } = [];
    }
}
