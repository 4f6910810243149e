using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>How sessions are made: wide or narrow on the CPU, or on a CUDA device.</summary>
internal static class SessionSettings
{
    /// <summary>On the CPU.</summary>
    /// <param name="narrow">Runs stay on the thread that makes them; else they share the process's threads.</param>
    public static SessionOptions ForCpu(bool narrow)
    {
        var options = Common();
        if (narrow)
        {
            // One thread for each run is the caller's own: no pool is made for it.
            (options.IntraOpNumThreads, options.InterOpNumThreads) = (1, 1);
        }
        else
        {
            options.DisablePerSessionThreads();
        }

        return options;
    }

    /// <exception cref="OnnxRuntimeException">CUDA cannot be had; the message says which library is missing.</exception>
    public static SessionOptions ForCuda(InferenceOptions settings)
    {
        var options = Common();
        try
        {
            options.DisablePerSessionThreads();

            // The overload with a device number alone hides which library is missing.
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(CudaOptions(settings));
            options.AppendExecutionProvider_CUDA(cuda);
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    /// <summary>Names and values as the CUDA provider reads them.</summary>
    public static Dictionary<string, string> CudaOptions(InferenceOptions settings)
    {
        var options = new Dictionary<string, string>
        {
            ["device_id"] = settings.CudaDevice.ToString(CultureInfo.InvariantCulture),

            // The default searches again for each new batch size: seconds on the first request.
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            ["cudnn_conv_use_max_workspace"] = "1",
            ["arena_extend_strategy"] = "kSameAsRequested",

            // Copies on a stream of their own would race with the run.
            ["do_copy_in_default_stream"] = "1",
            ["use_tf32"] = settings.CudaTf32 ? "1" : "0",
        };
        if (settings.CudaMemoryMegabytes > 0)
        {
            options["gpu_mem_limit"] = ((long)settings.CudaMemoryMegabytes << 20).ToString(CultureInfo.InvariantCulture);
        }

        return options;
    }

    private static SessionOptions Common()
    {
        var options = new SessionOptions { ExecutionMode = ExecutionMode.ORT_SEQUENTIAL, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        RunMemory.Use(options);
        return options;
    }
}
