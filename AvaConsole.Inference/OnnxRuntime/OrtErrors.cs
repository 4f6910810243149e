using System.Text.RegularExpressions;
using AvaConsole.Core.Common;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>
/// Turns ONNX Runtime's failures into codes that people get a text for. Its own messages name addresses and source files; they go
/// to the log only.
/// </summary>
internal static partial class OrtErrors
{
    /// <summary>The runtime found fault with the inputs, not with the model or the machine.</summary>
    public static bool IsRefusal(Exception exception) =>
        exception is OnnxRuntimeException && exception.Message.StartsWith("[ErrorCode:InvalidArgument]", StringComparison.Ordinal);

    public static Problem DescribeLoadFailure(OnnxRuntimeException exception, string path)
    {
        var file = Path.GetFileName(path);
        var message = exception.Message;
        if (UnknownOperator().Match(message) is { Success: true } unknown)
        {
            return new Problem(file, "package.unknown_operator", unknown.Groups.Cast<Group>().Skip(1).First(group => group.Success).Value.TrimStart(':'));
        }

        if (message.Contains("xternal data", StringComparison.Ordinal) || message.Contains("external initializer", StringComparison.OrdinalIgnoreCase))
        {
            return new Problem(file, "package.external_data", file);
        }

        if (message.StartsWith("[ErrorCode:InvalidProtobuf]", StringComparison.Ordinal) || message.Contains("Protobuf", StringComparison.OrdinalIgnoreCase))
        {
            return new Problem(file, "package.model_truncated", file);
        }

        return message switch
        {
            var m when m.Contains("does not have a graph", StringComparison.Ordinal) => new Problem(file, "package.model_truncated", file),
            var m when m.Contains("Unsupported model IR version", StringComparison.Ordinal) => new Problem(file, "package.model_too_new", file),
            var m when m.Contains("opset", StringComparison.OrdinalIgnoreCase) && m.Contains("under development", StringComparison.Ordinal)
                => new Problem(file, "package.model_too_new", file),
            _ => new Problem(file, "package.model_invalid", file),
        };
    }

    // Three spellings: an unknown domain, an unknown name in a known domain, and a known operator without a kernel for this opset:
    // "com.acme:Frobnicate(-1) is not a registered function/op", "No Op registered for Frobnicate with domain_version of 17",
    // "Could not find an implementation for Upsample(6) node with name ''".
    [GeneratedRegex(@"([\w.:-]+)\(-?\d+\) is not a registered function/op|No Op registered for ([\w.:-]+)|Could not find an implementation for ([\w.:-]+)\(\d+\)", RegexOptions.CultureInvariant)]
    private static partial Regex UnknownOperator();
}
