using System.Runtime.InteropServices;

namespace AvaConsole.Tests.Inference.Pictures;

/// <summary>libvips' own account of its pixel memory.</summary>
internal static class VipsMemory
{
    // The shim of the tests finds the library by this name.
    public static long AllocatedBytes() => (long)vips_tracked_get_mem();

    [DllImport("vips")]
    private static extern nuint vips_tracked_get_mem();
}
