using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>
/// Memory of the machine that the CUDA driver has locked to its place, so that the device reads it without a copy in between. ONNX Runtime
/// keeps what is given back for the next run.
/// </summary>
/// <remarks>Belongs to a session and must be disposed before it.</remarks>
internal sealed class CudaHostMemory : IDisposable
{
    private readonly OrtMemoryInfo _info;

    private CudaHostMemory(OrtMemoryInfo info, OrtAllocator allocator) => (_info, Allocator) = (info, allocator);

    /// <summary>For the tensors of a run.</summary>
    public OrtAllocator Allocator { get; }

    /// <summary>Null where the session has no such memory; then inputs are copied by the driver.</summary>
    public static CudaHostMemory? TryCreate(InferenceSession session, int device, ILogger logger)
    {
        var info = new OrtMemoryInfo(OrtMemoryInfo.allocatorCUDA_PINNED, OrtAllocatorType.DeviceAllocator, device, OrtMemType.CpuOutput);
        try
        {
            return new CudaHostMemory(info, new OrtAllocator(session, info));
        }
        catch (OnnxRuntimeException exception)
        {
            info.Dispose();
            logger.LogInformation(exception, "There is no locked host memory for device {Device}", device);
            return null;
        }
    }

    public void Dispose()
    {
        Allocator.Dispose();
        _info.Dispose();
    }
}
