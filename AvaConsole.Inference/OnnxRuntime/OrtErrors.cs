using System.Globalization;
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
    private static readonly string[] s_memory = ["bad_alloc", "bad allocation", "Failed to allocate memory", "Available memory of", "Integer overflow"];

    /// <summary>The runtime found fault with the inputs, not with the model or the machine.</summary>
    public static bool IsRefusal(Exception exception) =>
        exception is OnnxRuntimeException && exception.Message.StartsWith("[ErrorCode:InvalidArgument]", StringComparison.Ordinal);

    /// <summary>There was not as much memory as it asked for, or there cannot be.</summary>
    public static bool IsMemory(Exception exception) => exception is OnnxRuntimeException && s_memory.Any(words => exception.Message.Contains(words, StringComparison.Ordinal));

    /// <summary>Why a run got no memory: <c>tensor.too_much_memory</c> where it asked for more than all runs may have, else there is none left now.</summary>
    public static Error DescribeMemory(Exception exception) => AskedFor(exception.Message) > RunMemory.Limit
        ? new InvalidError("inputs", "tensor.too_much_memory", RunMemory.Limit >> 20)
        : new UnavailableError("serving.out_of_memory");

    /// <summary>Bytes; more than there are where the number itself did not fit.</summary>
    private static double AskedFor(string message) => RequestedBytes().Match(message) is { Success: true } found
        ? double.Parse(found.Groups.Cast<Group>().Skip(1).First(group => group.Success).ValueSpan, CultureInfo.InvariantCulture)
        : double.PositiveInfinity;

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

    // "Available memory of 1048576 is smaller than requested bytes of 2097152", "Failed to allocate memory for requested buffer of size 2097152".
    [GeneratedRegex(@"requested bytes of (\d+)|requested buffer of size (\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex RequestedBytes();

    // Three spellings: an unknown domain, an unknown name in a known domain, and a known operator without a kernel for this opset:
    // "com.acme:Frobnicate(-1) is not a registered function/op", "No Op registered for Frobnicate with domain_version of 17",
    // "Could not find an implementation for Upsample(6) node with name ''".
    [GeneratedRegex(@"([\w.:-]+)\(-?\d+\) is not a registered function/op|No Op registered for ([\w.:-]+)|Could not find an implementation for ([\w.:-]+)\(\d+\)", RegexOptions.CultureInvariant)]
    private static partial Regex UnknownOperator();
}
