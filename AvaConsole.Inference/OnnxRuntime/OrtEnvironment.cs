using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>
/// ONNX Runtime's environment, one for the process and for its whole life: a single thread pool without spinning (twenty models with
/// pools of their own keep two cores busy doing nothing) and a log that goes where the console's own goes.
/// </summary>
internal static class OrtEnvironment
{
    private static readonly Lock s_lock = new();
    private static volatile ILogger? s_logger;

    // Native code keeps a pointer to it: it must never be collected.
    private static readonly DOrtLoggingFunction s_log = Log;
    private static OrtEnv? s_env;

    /// <summary>Creates the environment on the first call; later calls only take over the logger.</summary>
    /// <param name="runMegabytes">See <see cref="RunMemory"/>.</param>
    public static OrtEnv Ensure(int threads, ILogger logger, int runMegabytes = 0)
    {
        lock (s_lock)
        {
            s_logger = logger;
            return s_env ??= Create(threads, runMegabytes);
        }
    }

    private static OrtEnv Create(int threads, int runMegabytes)
    {
        NativeLibraries.UseOnnxRuntime();
        var options = new EnvironmentCreationOptions
        {
            logId = "AvaConsole",
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING,
            loggingFunction = s_log,
            threadOptions = new OrtThreadingOptions
            {
                GlobalIntraOpNumThreads = threads > 0 ? threads : Environment.ProcessorCount,
                GlobalInterOpNumThreads = 1,
                GlobalSpinControl = false,
            },
        };
        var environment = OrtEnv.CreateInstanceWithOptions(ref options);
        RunMemory.Register(environment, runMegabytes);
        return environment;
    }

    private static void Log(IntPtr param, OrtLoggingLevel severity, string category, string logId, string codeLocation, string message)
    {
        // Failures of a model or of a provider are reported by whoever asked for it, so that ONNX Runtime's own errors are details here.
        var level = severity switch
        {
            OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL => LogLevel.Error,
            OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        s_logger?.Log(level, "ONNX Runtime {Severity} at {Location}: {Message}", severity, codeLocation, message);
    }
}
