using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AvaConsole.Inference.Trials;

/// <summary>
/// NVIDIA's driver library by its C interface (the CUDA driver API), as far as finding devices needs it. It is not linked: most machines have none.
/// Calls may end the process where the driver is broken; only a child makes them.
/// </summary>
internal sealed unsafe class CudaDriver(nint library)
{
    private const int MajorCapability = 75; // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
    private const int MinorCapability = 76;

    /// <summary>0 where it started; otherwise a CUresult, such as 100 for no device.</summary>
    public int Start() => ((delegate* unmanaged<uint, int>)Export("cuInit"))(0);

    /// <summary>1000 × major + 10 × minor of the newest CUDA that it takes, for example 13000; 0 where it does not say.</summary>
    public int Version()
    {
        int version;
        return ((delegate* unmanaged<int*, int>)Export("cuDriverGetVersion"))(&version) == 0 ? version : 0;
    }

    public IReadOnlyList<GpuDevice> Devices()
    {
        int count;
        return ((delegate* unmanaged<int*, int>)Export("cuDeviceGetCount"))(&count) == 0
            ? [.. Enumerable.Range(0, count).Select(Describe)]
            : [];
    }

    private GpuDevice Describe(int index)
    {
        int device;
        nuint memory;
        var name = stackalloc byte[256];
        _ = ((delegate* unmanaged<int*, int, int>)Export("cuDeviceGet"))(&device, index);
        _ = ((delegate* unmanaged<byte*, int, int, int>)Export("cuDeviceGetName"))(name, 256, device);
        _ = ((delegate* unmanaged<nuint*, int, int>)Export("cuDeviceTotalMem_v2"))(&memory, device);
        var bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        var capability = string.Create(CultureInfo.InvariantCulture, $"{Attribute(MajorCapability, device)}.{Attribute(MinorCapability, device)}");
        return new GpuDevice(index, Encoding.UTF8.GetString(bytes), (long)(memory >> 20), capability);
    }

    private int Attribute(int attribute, int device)
    {
        int value;
        return ((delegate* unmanaged<int*, int, int, int>)Export("cuDeviceGetAttribute"))(&value, attribute, device) == 0 ? value : 0;
    }

    private nint Export(string name) => NativeLibrary.GetExport(library, name);
}
