using System.Globalization;
using System.Runtime.InteropServices;
using AvaConsole.Inference.OnnxRuntime;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AvaConsole.Inference.Trials;

/// <summary>
/// The child's side of <see cref="CudaProbe"/>: looks for all that CUDA needs, one by one, and at last runs a model on it. Each finding is a line that is
/// written at once, so that after a crash it is known how far it came.
/// </summary>
internal static class CudaProbeChild
{
    public const string Verb = "cuda-probe";
    private const string DriverLibrary = "libcuda.so.1";
    private const int Cuda13 = 13000;

    // What the provider of ONNX Runtime 1.29 is linked with, and what it opens by name when the first convolution comes.
    private static readonly string[] s_cudaLibraries = ["libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10", "libcudnn.so.9", "libcudnn.so"];
    private static readonly string[] s_ownLibraries = ["libonnxruntime.so", "libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so"];

    /// <param name="args">The device's number.</param>
    public static int Run(string[] args)
    {
        if (args is not [var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var device))
        {
            return 64;
        }

        LookForDriver();
        foreach (var library in s_cudaLibraries)
        {
            LookFor(library);
        }

        foreach (var library in s_ownLibraries)
        {
            var path = NativeLibraries.FindBeside(library);
            Say(new GpuCheck(library, path is not null, path ?? "not beside the program"));
        }

        RunModel(device);
        return 0;
    }

    private static void LookForDriver()
    {
        const string Kernel = "/proc/driver/nvidia/version";
        Say(File.Exists(Kernel)
            ? new GpuCheck(GpuChecks.KernelDriver, true, File.ReadLines(Kernel).FirstOrDefault("").Trim())
            : new GpuCheck(GpuChecks.KernelDriver, false, $"{Kernel} is missing"));
        if (LookFor(DriverLibrary) is not { } library)
        {
            return;
        }

        var driver = new CudaDriver(library);
        var started = driver.Start();
        Say(new GpuCheck(GpuChecks.DriverStarts, started == 0, started == 0 ? "cuInit" : $"cuInit gave error {started}"));
        var version = driver.Version();
        Say(new GpuCheck(GpuChecks.DriverVersion, version >= Cuda13, $"it supports CUDA up to {version / 1000}.{version % 1000 / 10}"));
        if (started != 0)
        {
            return;
        }

        var devices = driver.Devices();
        foreach (var device in devices)
        {
            Console.Out.WriteLine(new GpuProbeLine(null, device).ToJson());
        }

        Say(new GpuCheck(GpuChecks.Device, devices.Count > 0, $"{devices.Count} found"));
    }

    /// <summary>Its handle, kept open; null where it cannot be opened, for itself or for what it needs.</summary>
    private static nint? LookFor(string name)
    {
        try
        {
            var handle = NativeLibrary.Load(name);
            Say(new GpuCheck(name, true, PathOf(name)));
            return handle;
        }
        catch (DllNotFoundException exception)
        {
            Say(new GpuCheck(name, false, Reason(exception.Message, name)));
            return null;
        }
    }

    /// <summary>The loader's own sentence, of several attempts the one about this very name.</summary>
    private static string Reason(string message, string name) =>
        message.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains(".so", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal) && !line.Contains('/'), $"{name}: not found");

    private static string PathOf(string name) => File.ReadLines("/proc/self/maps")
        .Where(line => line.Contains(name[..name.IndexOf(".so", StringComparison.Ordinal)] + ".so", StringComparison.Ordinal))
        .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..])
        .FirstOrDefault("loaded");

    private static void RunModel(int device)
    {
        try
        {
            OrtEnvironment.Ensure(1, NullLogger.Instance);
            using var options = new SessionOptions();
            options.DisablePerSessionThreads();

            // Otherwise a node that CUDA cannot run would quietly run on the CPU, and prove nothing.
            options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(new Dictionary<string, string> { ["device_id"] = device.ToString(CultureInfo.InvariantCulture) });
            options.AppendExecutionProvider_CUDA(cuda);
            using var session = new InferenceSession(ProbeModel.Bytes, options);
            using var input = OrtValue.CreateTensorValueFromMemory(new[] { -2f }, [1]);
            using var run = new RunOptions();
            using var outputs = session.Run(run, ["x"], [input], ["y"]);
            var answer = outputs[0].GetTensorDataAsSpan<float>()[0];
            Say(new GpuCheck(GpuChecks.Run, answer == 2f, string.Create(CultureInfo.InvariantCulture, $"|-2| = {answer} on device {device}")));
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or TypeInitializationException)
        {
            Say(new GpuCheck(GpuChecks.Run, false, (exception.InnerException ?? exception).Message.Trim()));
        }
    }

    private static void Say(GpuCheck check)
    {
        Console.Out.WriteLine(new GpuProbeLine(check, null).ToJson());
        Console.Out.Flush();
    }
}
