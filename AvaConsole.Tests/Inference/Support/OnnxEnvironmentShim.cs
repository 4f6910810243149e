using System.Runtime.CompilerServices;
using AvaConsole.Inference.OnnxRuntime;
using Microsoft.Extensions.Logging.Abstractions;

namespace AvaConsole.Tests.Inference.Support;

/// <summary>
/// ONNX Runtime's environment takes its options only from whoever touches it first in a process. Here that may be a test that uses the
/// binding directly, after which no session could share the product's threads.
/// </summary>
internal static class OnnxEnvironmentShim
{
    [ModuleInitializer]
    internal static void Install() => OrtEnvironment.Ensure(0, NullLogger.Instance);
}
